import assert from 'node:assert/strict';
import { type Assignment, assignmentFromWire } from '../../../src/intune/model/assignment.ts';
import { families } from '../../../src/intune/model/families.ts';
import type { Script } from '../../../src/intune/model/script.ts';
import type { Target } from '../../../src/intune/model/target.ts';
import { rowsOf, type SampleScript } from '../../../src/sample/index.ts';
import type { JsonObject } from '../../../src/sample/wire/json.ts';
import type { AssignmentNode, GroupNode, Node, ScriptNode } from '../../../src/ui/nodes.ts';
import { groupNamed } from '../intune/support.ts';
import type { CommandWindow } from './commandWindow.ts';

// Rows of the views, and what is in the tenant in truth, by the names that a person reads.

const everyone: Readonly<Partial<Record<Target['kind'], string>>> = { allDevices: 'All devices', allUsers: 'All users' };

function whom({ world: { tenant } }: CommandWindow, { kind, groupId = '' }: Target): string {
  const group = tenant.state.groups.get(groupId)?.displayName ?? `deleted ${groupId}`;
  return everyone[kind] ?? (kind === 'group' ? group : kind === 'exclusionGroup' ? `not ${group}` : kind);
}

/** Such as "HR Devices, hourly 1" and "not FIN Pilot". */
function rowWords(one: CommandWindow, { target, schedule, direct }: Assignment): string {
  const { filter } = target;
  const named = one.world.tenant.state.filters.find(({ id }) => String(id).toLowerCase() === filter?.id)?.['displayName'];
  const { kind, ...rest } = schedule ?? {};
  return [
    whom(one, target),
    ...(kind ? [[kind, ...Object.values(rest)].join(' ')] : []),
    ...(filter ? [`${filter.mode} ${named}`] : []),
    ...(direct ? [] : ['policy set']),
  ].join(', ');
}

/** A script of the sample tenant. */
export function stored({ world: { tenant } }: CommandWindow, name: string): SampleScript {
  const found = families.flatMap(({ id }) => tenant.state.scripts.byName(id, name) ?? []);
  return found[0] ?? assert.fail(`the sample tenant has no ${name}`);
}

/** Whom a script reaches in truth. */
export const rowsIn = (one: CommandWindow, name: string): readonly string[] =>
  rowsOf(stored(one, name))
    .map(row => rowWords(one, assignmentFromWire(row)))
    .toSorted();

/** A target as another administrator writes it: "HR Devices", "not HR Devices" or "All devices". */
export function targetNamed({ world }: CommandWindow, words: string): JsonObject {
  const type = (name: string) => ({ '@odata.type': `#microsoft.graph.${name}AssignmentTarget` });
  if (words === 'All devices') return type('allDevices');
  const name = words.replace(/^not /, '');
  return { ...type(name === words ? 'group' : 'exclusionGroup'), groupId: groupNamed(world, name) };
}

/** Another administrator gives a script exactly these targets. */
export const give = (one: CommandWindow, name: string, ...targets: readonly string[]): void => {
  const { family, id } = stored(one, name);
  one.world.tenant.admin.assign(
    family,
    id,
    targets.map(target => ({ target: targetNamed(one, target) })),
  );
};

const shown = (one: CommandWindow, name: string): Script =>
  one.world.connection.inventory.scripts().find(({ id }) => id === stored(one, name).id) ?? assert.fail(name);

export const scriptRow = (one: CommandWindow, name: string): ScriptNode => ({
  kind: 'script',
  connection: one.world.connection.key,
  script: shown(one, name),
});

/** The row of an assignment, by whom it reaches. */
export function assignmentRow(one: CommandWindow, name: string, target: string): AssignmentNode {
  const script = shown(one, name);
  const assignment =
    script.assignments.find(row => whom(one, row.target) === target) ?? assert.fail(`${name} is not assigned to ${target}`);
  return { kind: 'assignment', connection: one.world.connection.key, script, assignment, copy: 0 };
}

export const groupRow = (one: CommandWindow, name: string): GroupNode => ({
  kind: 'group',
  connection: one.world.connection.key,
  groupId: groupNamed(one.world, name).toLowerCase(),
});

/** As VS Code calls a command of a menu on the first of several selected rows. */
export const menuOn = (first: Node, ...more: readonly Node[]): readonly [Node, readonly Node[]] => [first, [first, ...more]];
