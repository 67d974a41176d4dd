// The extension's own parts, joined as extension.ts joins them.
import { connect } from '../../src/connections/connect.ts';
import { transientMemory } from '../../src/connections/memory.ts';
import { createGraphClient } from '../../src/graph/client.ts';
import { clouds } from '../../src/graph/clouds.ts';
import type { Journal, JournalRecord } from '../../src/intune/journal/journal.ts';
import type { ScriptRef } from '../../src/intune/model/script.ts';
import { addGroups } from '../../src/intune/plan/addTargets.ts';
import { propose } from '../../src/intune/plan/propose.ts';
import type { Connection } from '../../src/intune/read/connection.ts';
import { searchGroups } from '../../src/intune/read/groupSearch.ts';
import type { WriteOutcome } from '../../src/intune/write/outcome.ts';
import { writePlans } from '../../src/intune/write/write.ts';
import type { AssignCase } from './replays/replay.ts';
import type { Wire } from './wire.ts';

const credential = { getToken: async () => ({ token: 'sample', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) };

/** A connection to a tenant, with nothing read or remembered yet. */
export const ourConnection = ({ fetch, clock, tenant }: Wire): Connection =>
  connect({
    key: 'bench',
    sample: false,
    cloud: clouds.global,
    tenantId: tenant.tenantId,
    account: 'ada@contoso.example',
    // Jitter in the middle, so that two runs are alike.
    client: createGraphClient({ cloud: clouds.global, credential, fetch, clock, random: () => 0.5 }),
    memory: transientMemory(),
    onName: () => undefined,
  });

/** Reads all six families, the names of their groups and that of the tenant. */
export async function ourColdTree(connection: Connection, first: () => void): Promise<void> {
  const { inventory } = connection;
  const subscription = inventory.onDidChange(() => {
    if ([...inventory.families.values()].some(({ status }) => status === 'loaded')) first();
  });
  await inventory.load();
  subscription.dispose();
  const failed = [...inventory.families].filter(([, { status }]) => status !== 'loaded').map(([id]) => id);
  if (failed.length > 0) throw new Error(`Not read: ${failed.join(', ')}`);
}

function memoryJournal(): Journal {
  const all: JournalRecord[] = [];
  return {
    append: async records => void all.push(...records),
    read: async () => all,
  };
}

/** Plans and writes one group for some scripts. `reviewed` is called where the user would see the review. */
async function write(
  connection: Connection,
  wire: Wire,
  scripts: readonly ScriptRef[],
  groupId: string,
  reviewed: () => void,
): Promise<readonly WriteOutcome[]> {
  const groups = [{ id: groupId, name: groupId }];
  const proposal = await propose(connection, { scripts, groups, changesFor: one => addGroups(one, [groupId]) }, [], wire.clock);
  reviewed();
  let ids = 0;
  return writePlans(proposal.plans, {
    client: connection.client,
    journal: memoryJournal(),
    memory: connection.memory,
    clock: wire.clock,
    writeMethod: 'auto',
    connection: connection.key,
    account: connection.account,
    newId: () => String(++ids),
    report: error => {
      throw error;
    },
  });
}

/** Plans and writes one assignment. */
export async function ourAssign(
  connection: Connection,
  wire: Wire,
  { family, scriptId: id, groupId }: AssignCase,
  reviewed: () => void,
): Promise<WriteOutcome['kind']> {
  const [outcome] = await write(connection, wire, [{ family, id, name: id }], groupId, reviewed);
  if (outcome?.kind !== 'written') throw new Error(`The assignment ended as ${outcome?.kind}.`);
  return outcome.kind;
}

/** Plans and writes one group for many scripts. A conflict is an outcome like others. */
export async function ourBulk(
  connection: Connection,
  wire: Wire,
  family: AssignCase['family'],
  scripts: readonly { readonly id: string }[],
  groupId: string,
): Promise<void> {
  const refs = scripts.map(({ id }): ScriptRef => ({ family, id, name: id }));
  await write(connection, wire, refs, groupId, () => undefined);
}

export const ourFindGroup = async (connection: Connection, text: string): Promise<void> => {
  await searchGroups(connection.client, text);
};
