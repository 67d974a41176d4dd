// The data of a tenant as small as a history says.
import { families } from '../../src/sample/families.ts';
import type { SampleScript, TenantState } from '../../src/sample/index.ts';
import { guidMaker } from '../../src/sample/random.ts';
import { groupStore } from '../../src/sample/state/groupStore.ts';
import { scriptStore } from '../../src/sample/state/scriptStore.ts';
import { groupIds } from './arbitraryRows.ts';
import type { History, ScriptSpec } from './history.ts';
import { stored } from './model.ts';
import { areOpposite, filterOf, recipientOf } from './spelling.ts';

const idOf = guidMaker(1, 'history');

/** Rows name one group more, which was deleted. */
const groups = groupIds.slice(0, -1).map((id, index) => ({
  id,
  displayName: `Group ${index}`,
  description: null,
  kind: 'security' as const,
  devices: 10,
  users: 0,
  createdAt: 0,
}));

function scriptOf(spec: ScriptSpec, index: number, { oneRowPerGroup }: History['manners']): SampleScript {
  const { nameProperty, scheduled } = families[spec.family];
  const policySets = spec.family === 'configurationPolicies';
  const rows = spec.rows.map(row => stored({ ...row, policySet: row.policySet && policySets }, scheduled));
  // What the service would not hold at once is not there at first.
  const filterId = (target: SampleScript['entity']): string | undefined => (oneRowPerGroup ? '' : filterOf(target).split(' ').at(-1));
  const held = rows.filter(
    row => !oneRowPerGroup || !/exclusion/i.test(recipientOf(row.target)) || !rows.some(other => areOpposite(other.target, row.target)),
  );
  const byKey = new Map(held.map(row => [`${row.source} ${recipientOf(row.target)} ${filterId(row.target)}`, row] as const));
  const id = idOf(index);
  const entity = {
    id,
    [nameProperty]: `Script ${index}`,
    templateReference: { templateFamily: 'deviceConfigurationScripts' },
  };
  return { family: spec.family, id, entity, versions: [{ rows: [...byKey.values()], visibleAt: Number.NEGATIVE_INFINITY }] };
}

/** The scripts of a history, each with what it was made from. */
export const scriptsOf = ({ scripts, count, manners }: History): readonly (readonly [SampleScript, ScriptSpec])[] =>
  Array.from({ length: count }).flatMap((_, index) => {
    const spec = scripts[index % scripts.length];
    return spec ? [[scriptOf(spec, index, manners), spec] as const] : [];
  });

export const stateOf = (scripts: readonly SampleScript[]): TenantState => ({
  tenantId: idOf(1_000),
  tenantName: 'Contoso',
  user: { id: idOf(1_001), displayName: 'Ada Sample', userPrincipalName: 'ada@contoso.example' },
  scripts: scriptStore(scripts),
  groups: groupStore(() => groups),
  filters: [],
  approvals: new Map(),
  auditEvents: [],
});
