import { guidMaker } from '../random.ts';
import { groupStore } from '../state/groupStore.ts';
import { scriptStore } from '../state/scriptStore.ts';
import type { TenantState } from '../state/state.ts';
import { complianceScripts, linuxScripts } from './complianceAndLinux.ts';
import { makeFilters } from './filters.ts';
import { customAttributes, shellScripts } from './macScripts.ts';
import { groupIds, largeGroups, smallGroups } from './makeGroups.ts';
import { makeScripts } from './makeScripts.ts';
import { manyPlatformScripts, manyRemediations } from './manyScripts.ts';
import { otherPolicies } from './otherPolicies.ts';
import { platformScripts } from './platformScripts.ts';
import { remediations } from './remediations.ts';

/** The tenant as it is at first. Always the same for the same size and seed. */
export function makeState(size: 'small' | 'large', seed: number): TenantState {
  const filter = guidMaker(seed, 'filter');
  const other = guidMaker(seed, 'other');
  const ids = { groups: groupIds(seed), filter, policySet: other(0) };
  const large = size === 'large';
  const more = large
    ? { platform: manyPlatformScripts(300 - platformScripts.length), remediations: manyRemediations(200 - remediations.length) }
    : undefined;
  const scripts = [
    ...makeScripts(seed, ids, 'deviceManagementScripts', [...platformScripts, ...(more?.platform ?? [])]),
    ...makeScripts(seed, ids, 'deviceShellScripts', shellScripts),
    ...makeScripts(seed, ids, 'deviceCustomAttributeShellScripts', customAttributes),
    ...makeScripts(seed, ids, 'deviceHealthScripts', [...remediations, ...(more?.remediations ?? [])]),
    ...makeScripts(seed, ids, 'deviceComplianceScripts', complianceScripts),
    ...mixed(otherPolicies(seed, 300), makeScripts(seed, ids, 'configurationPolicies', linuxScripts)),
  ];
  return {
    tenantId: other(1),
    tenantName: 'Contoso',
    user: { id: other(2), displayName: 'Ada Sample', userPrincipalName: 'ada@contoso.example' },
    scripts: scriptStore(scripts),
    groups: groupStore(() => (large ? largeGroups(seed) : smallGroups(seed))),
    filters: makeFilters(filter),
    auditEvents: [],
    approvals: new Map(),
  };
}

/** Puts the few among the many. */
function mixed<Item>(many: readonly Item[], few: readonly Item[]): Item[] {
  const step = Math.floor(many.length / (few.length + 1));
  return many.flatMap((item, index) => {
    const own = index > 0 && index % step === 0 ? few[index / step - 1] : undefined;
    return own === undefined ? [item] : [own, item];
  });
}
