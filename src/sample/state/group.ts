import type { JsonObject } from '../wire/json.ts';
import { directoryTime } from '../wire/time.ts';

/** A group of the directory with what the service counts in it. */
export interface SampleGroup {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly kind: GroupKind;
  readonly devices: number;
  readonly users: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export type GroupKind =
  | 'security'
  | 'dynamicDevices'
  | 'dynamicUsers'
  | 'dynamicPaused'
  | 'm365'
  | 'synced'
  | 'distribution'
  | 'mailSecurity';

/** The group on the wire. */
export function groupJson(group: SampleGroup): JsonObject {
  const mail = ['m365', 'distribution', 'mailSecurity'].includes(group.kind);
  const nickname = `group-${group.id.slice(0, 8)}`;
  return {
    id: group.id,
    deletedDateTime: null,
    createdDateTime: directoryTime(group.createdAt),
    description: group.description,
    displayName: group.displayName,
    groupTypes: groupTypes(group.kind),
    mail: mail ? `${nickname}@contoso.example` : null,
    mailEnabled: mail,
    mailNickname: nickname,
    membershipRule: membershipRule(group),
    membershipRuleProcessingState: group.kind === 'dynamicPaused' ? 'Paused' : isDynamic(group.kind) ? 'On' : null,
    onPremisesSyncEnabled: group.kind === 'synced' ? true : null,
    securityEnabled: group.kind !== 'm365' && group.kind !== 'distribution',
    visibility: group.kind === 'm365' ? 'Private' : null,
  };
}

const isDynamic = (kind: GroupKind): boolean => kind === 'dynamicDevices' || kind === 'dynamicUsers' || kind === 'dynamicPaused';

function groupTypes(kind: GroupKind): string[] {
  if (kind === 'm365') return ['Unified'];
  return isDynamic(kind) ? ['DynamicMembership'] : [];
}

function membershipRule(group: SampleGroup): string | null {
  if (group.kind === 'dynamicUsers') return '(user.accountEnabled -eq true) and (user.userType -eq "Member")';
  return isDynamic(group.kind) ? `(device.deviceCategory -eq "${group.displayName.replaceAll('"', '')}")` : null;
}
