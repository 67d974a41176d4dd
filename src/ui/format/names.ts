import { l10n } from 'vscode';
import type { KnownGroup } from '../../intune/model/group.ts';
import { type ScriptRef, scriptKey } from '../../intune/model/script.ts';
import type { Target, TargetKind } from '../../intune/model/target.ts';
import type { Connection } from '../../intune/read/connection.ts';
import type { KnownFilters } from '../../intune/read/filters.ts';
import { plainText, visibleName } from '../plainText.ts';
import { inOneLine } from './count.ts';

/** What a script is called; words where it has no name, and its id stands in for one. Never an id. */
export const scriptLabel = ({ id, name }: Pick<ScriptRef, 'id' | 'name'>): string =>
  (name === id ? undefined : visibleName(name)) ?? l10n.t('Script without a name');

/** What is known of groups, by id in lower case. One that is not in here is still being asked for. */
export type KnownGroups = ReadonlyMap<string, KnownGroup>;

export type GroupStatus = KnownGroup['status'] | 'loading';

/** What is known of one group. */
export const groupStatus = (groups: KnownGroups, id: string): GroupStatus => groups.get(id)?.status ?? 'loading';

/** What a group is called; words in place of a name that is not known. Never an id. */
export function groupLabel(groups: KnownGroups, id: string): string {
  const group = groups.get(id);
  switch (group?.status) {
    case undefined:
      return l10n.t('Loading name…');
    case 'deleted':
      return l10n.t('Deleted group');
    case 'unreadable':
      return l10n.t('Name not readable');
    case 'named':
      return visibleName(group.name) ?? l10n.t('Group without a name');
  }
}

/** The start of an id, to tell equal names apart. */
export const shortId = (id: string): string => id.slice(0, 8);

/** What a group that is deleted was called, as far as that is known; else the start of its id. */
export const deletedGroupName = (groups: KnownGroups, id: string): string => visibleName(groups.get(id)?.name) ?? shortId(id);

/** Whom a target reaches, by name. An excluded group is named as any other: see {@link isExclusion}. */
export function targetLabel(target: Target, groups: KnownGroups): string {
  switch (target.kind) {
    case 'group':
    case 'exclusionGroup':
      return groupLabel(groups, target.groupId ?? '');
    case 'allDevices':
      return l10n.t('All devices');
    case 'allUsers':
      return l10n.t('All users');
    case 'collection':
      return l10n.t('Configuration Manager collection {0}', plainText(target.collectionId ?? ''));
    case 'other':
      return l10n.t('Another kind of target');
  }
}

/** Whether a target takes devices or users out. */
export const isExclusion = (target: Target): boolean => target.kind === 'exclusionGroup';

/** Whom a target reaches or leaves out, in one phrase, such as for a review or a warning. */
export function targetWords(target: Target, groups: KnownGroups): string {
  const name = targetLabel(target, groups);
  return isExclusion(target) ? l10n.t('all but {0}', name) : name;
}

/** Product icons of targets. */
export const targetIcons: Readonly<Record<TargetKind, string>> = {
  group: 'organization',
  exclusionGroup: 'circle-slash',
  allDevices: 'device-desktop',
  allUsers: 'account',
  collection: 'server',
  other: 'question',
};

/** What the ids in assignments are called, as far as it is known. */
export interface Names {
  readonly groups: KnownGroups;
  /** Undefined as long as nobody asked for them. */
  readonly filters: KnownFilters | undefined;
}

/** What an inventory knows of names. */
export const namesOf = ({
  groups,
  filters,
}: {
  readonly groups: KnownGroups;
  readonly filters: () => KnownFilters | undefined;
}): Names => ({
  groups,
  filters: filters(),
});

/** A name inside a sentence or a title, so that it is seen where it begins and ends. */
export const quoted = (name: string): string => `“${name}”`;

const longestName = 120;

/** In a list, a name leaves room for what is said of it. */
export const longestListed = 34;

/** A name that fits into a line of a dialog. */
export const clipped = (name: string, longest = longestName): string => {
  const characters = [...name];
  return characters.length > longest
    ? `${characters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
    : name;
};

/** The keys of the scripts of which another one of their kind is called the same. */
export function namesakes(scripts: readonly ScriptRef[]): ReadonlySet<string> {
  const byName = Map.groupBy(scripts, script => `${script.family} ${scriptLabel(script)}`);
  return new Set([...byName.values()].filter(({ length }) => length > 1).flatMap(same => same.map(scriptKey)));
}

const normal = (name: string): string => name.normalize('NFKC').toLowerCase();

/** The names that more than one group has, as they are seen. */
export function repeatedNames(groups: KnownGroups): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { id, status } of groups.values()) {
    if (status !== 'named') continue;
    const name = normal(groupLabel(groups, id));
    if (seen.has(name)) repeated.add(name);
    seen.add(name);
  }
  return repeated;
}

/** Whether a name is one of several. */
export const isRepeated = (repeated: ReadonlySet<string>, name: string): boolean => repeated.has(normal(name));

export type NamedConnection = Pick<Connection, 'sample' | 'tenantId' | 'tenantName' | 'account'>;

/** What a tenant is called; undefined while only its id is known. */
export const tenantLabel = ({ tenantId, tenantName }: NamedConnection): string | undefined =>
  tenantName === tenantId ? undefined : visibleName(tenantName);

/** What a tenant is called where something has to stand: its id where nothing of its name would be seen. */
export const tenantTitle = ({ tenantId, tenantName }: Pick<Connection, 'tenantId' | 'tenantName'>): string =>
  visibleName(tenantName) ?? tenantId;

/** The tenant and the account in one line: "Contoso · ada@contoso.com", "Sample · Contoso". */
export const connectionLine = (connection: NamedConnection): string =>
  connection.sample
    ? inOneLine([l10n.t('Sample'), tenantLabel(connection)])
    : inOneLine([tenantLabel(connection), visibleName(connection.account)]);
