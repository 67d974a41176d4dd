import assert from 'node:assert/strict';
import { transientMemory } from '../../../src/connections/memory.ts';
import { createGraphClient, type GraphClient } from '../../../src/graph/client.ts';
import { clouds } from '../../../src/graph/clouds.ts';
import type { TokenCredential } from '../../../src/graph/tokens.ts';
import type { Journal, JournalRecord } from '../../../src/intune/journal/journal.ts';
import type { Assignment, Wire } from '../../../src/intune/model/assignment.ts';
import type { Change } from '../../../src/intune/model/change.ts';
import type { FamilyId } from '../../../src/intune/model/families.ts';
import type { ScriptRef } from '../../../src/intune/model/script.ts';
import { targetFromWire } from '../../../src/intune/model/target.ts';
import { addGroups } from '../../../src/intune/plan/addTargets.ts';
import type { ShownRow } from '../../../src/intune/plan/editAssignment.ts';
import type { Plan } from '../../../src/intune/plan/plan.ts';
import type { Proposal } from '../../../src/intune/plan/proposal.ts';
import { propose } from '../../../src/intune/plan/propose.ts';
import type { Connection } from '../../../src/intune/read/connection.ts';
import { createInventory } from '../../../src/intune/read/inventory.ts';
import type { WriteParts } from '../../../src/intune/write/job.ts';
import type { WriteOutcome } from '../../../src/intune/write/outcome.ts';
import { type WriteOptions, writePlans } from '../../../src/intune/write/write.ts';
import {
  createSampleTenant,
  type ObservedRequest,
  rowsOf,
  type SampleScript,
  type SampleTenant,
  type SampleTenantOptions,
  type StoredRow,
  scriptName,
} from '../../../src/sample/index.ts';
import { createFakeClock, type FakeClock } from '../graph/fakeClock.ts';

/** A tenant at its harshest, with everything that a write needs, in memory. */
export interface World {
  readonly tenant: SampleTenant;
  readonly clock: FakeClock;
  readonly client: GraphClient;
  readonly connection: Connection;
  /** All requests, those inside of a `$batch` included. */
  readonly requests: ObservedRequest[];
  /** What happened, in order: requests to scripts as `GET .../assignments`, and `journal start`, `journal end`. */
  readonly events: string[];
  readonly records: JournalRecord[];
  readonly reported: unknown[];
  /** The tokens that were asked for, in order, with the claims that they were asked for with. */
  readonly tokens: { readonly token: string; readonly claims: string | undefined }[];
  /** Makes the next appends to the journal fail. */
  failJournal: boolean;
  readonly parts: WriteParts;
}

export interface WorldOptions extends Omit<SampleTenantOptions, 'clock' | 'observe'> {
  readonly parts?: Partial<WriteParts>;
}

export function createWorld({ parts: given, ...options }: WorldOptions = {}): World {
  const clock = createFakeClock();
  const requests: ObservedRequest[] = [];
  const events: string[] = [];
  const records: JournalRecord[] = [];
  const reported: unknown[] = [];
  const tenant = createSampleTenant({
    ...options,
    clock,
    observe: request => {
      requests.push(request);
      const path = /deviceManagement\/\w+\/([^/]+)\/(assign\w*)$/.exec(request.path);
      if (path) events.push(`${request.method} ${path[2]} ${path[1]}`);
    },
  });
  const tokens: World['tokens'] = [];
  const credential: TokenCredential = {
    getToken: async (_, options) => {
      const token = `token-${tokens.length + 1}`;
      tokens.push({ token, claims: options?.claims });
      return { token, expiresOnTimestamp: clock.now() + 3_600_000 };
    },
  };
  const client = createGraphClient({ cloud: clouds.global, credential, fetch: tenant.handle, clock, random: () => 0.5 });
  const memory = transientMemory();
  const connection: Connection = {
    key: 'global/tenant/account',
    sample: false,
    cloud: clouds.global,
    tenantId: tenant.tenantId,
    tenantName: tenant.tenantName,
    account: 'ada@contoso.example',
    client,
    memory,
    inventory: createInventory(client, memory),
  };
  let made = 0;
  const world: World = {
    tenant,
    clock,
    client,
    connection,
    requests,
    events,
    records,
    reported,
    tokens,
    failJournal: false,
    parts: {
      client,
      journal: {
        append: async added => {
          // Disks take a while: what does not wait for them is seen.
          await new Promise(resolve => setImmediate(resolve));
          if (world.failJournal) throw new Error('The disk is full.');
          records.push(...added);
          for (const { type } of added) if (type !== 'change') events.push(`journal ${type}`);
        },
        read: async () => records,
      } satisfies Journal,
      memory,
      clock,
      writeMethod: 'auto',
      connection: connection.key,
      account: connection.account,
      newId: () => {
        made += 1;
        return `id-${made}`;
      },
      report: error => reported.push(error),
      ...given,
    },
  };
  return world;
}

export function sampleScript({ tenant }: World, family: FamilyId, name: string): SampleScript {
  const script = tenant.state.scripts.byName(family, name);
  assert.ok(script, `the sample tenant has no ${name}`);
  return script;
}

export const refOf = (script: SampleScript): ScriptRef => ({ family: script.family, id: script.id, name: scriptName(script) });

export function groupNamed({ tenant }: World, name: string): string {
  const group = tenant.state.groups.byName(name);
  assert.ok(group, `the sample tenant has no ${name}`);
  return group.id;
}

/** Another administrator adds a group; the service shows it at once. */
export const adminAdds = ({ tenant }: World, script: SampleScript, groupId: string): void =>
  tenant.admin.add(script.family, script.id, { target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId } });

/** What a stored row is, whatever the spelling; its flag is what was sent and not what is shown. */
export function rowText({ target, runSchedule, runRemediationScript, source }: StoredRow): string {
  const { kind, groupId, collectionId, filter } = targetFromWire(target);
  const schedule = runSchedule && Object.entries(runSchedule).map(([key, value]) => `${key}=${String(value).replace(/\.0+$/, '')}`);
  const rest = Object.entries(target).filter(([key]) => !key.startsWith('deviceAndAppManagementAssignmentFilter'));
  const who = groupId ?? collectionId ?? (kind === 'other' ? JSON.stringify(rest).toLowerCase() : '');
  return [kind, who, filter?.mode, filter?.id, schedule?.sort(), runRemediationScript, source].join('|');
}

/** The true assignments of a script, sorted. */
export const truth = (script: SampleScript): readonly string[] => rowsOf(script).map(rowText).sort();

/** Whether a script is truly assigned to a group. */
export const hasGroup = (script: SampleScript, groupId: string): boolean =>
  rowsOf(script).some(({ target }) => targetFromWire(target).groupId === groupId.toLowerCase());

export type ChangesFor = (script: ScriptRef, base?: readonly Assignment[]) => readonly Change[];

export async function proposeFor(world: World, scripts: readonly SampleScript[], changesFor: ChangesFor): Promise<Proposal> {
  return propose(world.connection, { scripts: scripts.map(refOf), changesFor, groups: [] }, world.records, world.clock);
}

/** The plans that add groups to scripts. */
export async function plansToAdd(world: World, scripts: readonly SampleScript[], ...groupIds: readonly string[]): Promise<readonly Plan[]> {
  const { plans, unreadable } = await proposeFor(world, scripts, script => addGroups(script, groupIds));
  assert.deepEqual(unreadable, []);
  return plans;
}

export async function planToAdd(world: World, script: SampleScript, ...groupIds: readonly string[]): Promise<Plan> {
  const [plan] = await plansToAdd(world, [script], ...groupIds);
  assert.ok(plan, 'the group is assigned already');
  return plan;
}

/** Writes one plan. */
export async function writeOne(world: World, plan: Plan, options?: WriteOptions): Promise<WriteOutcome> {
  const [outcome] = await writePlans([plan], world.parts, options);
  assert.ok(outcome);
  return outcome;
}

/** Requests on the wire: those inside of a `$batch` are not counted. */
export const onTheWire = ({ requests }: World): readonly ObservedRequest[] => requests.filter(({ inBatch }) => !inBatch);

const isWrite = ({ method, path }: ObservedRequest): boolean => method === 'POST' && /\/assign(ments)?$/.test(path);

/** The writes that the service got, alone or in a `$batch`. */
export const writesIn = ({ requests }: World): readonly ObservedRequest[] => requests.filter(isWrite);

export const isAssign = (method: string, path: string): boolean => method === 'POST' && path.endsWith('/assign');
export const isAssignments = (method: string, path: string): boolean => method === 'GET' && path.endsWith('/assignments');
export const isBatch = (method: string, path: string): boolean => method === 'POST' && path.endsWith('/$batch');

/** The rows in the body of a write. */
export function rowsSent({ body }: ObservedRequest): readonly Wire[] {
  assert.ok(typeof body === 'object' && body !== null);
  const [rows] = Object.values(body);
  return Array.isArray(rows) ? rows : [body as Wire];
}

/** The kind of an outcome, with what is told about it. */
export const told = (outcome: WriteOutcome): string =>
  outcome.kind === 'written' ? `written, ${outcome.visible ? 'visible' : 'not visible'}` : outcome.kind;

/** A row that was shown as the only one of its script. */
export const shownAlone = (assignment: Assignment): ShownRow => ({ assignment, all: [assignment] });

/** A client whose lists show some assignments of each script alone, and where the others are. */
export const withCutLists = (
  client: GraphClient,
  most: number,
  nextLink: string | null = 'https://graph.microsoft.com/beta/x',
): GraphClient => ({
  ...client,
  list: async (request, options) =>
    (await client.list(request, options)).map(item => {
      const fields = Object.fromEntries(Object.entries(Object(item)));
      const rows = Array.isArray(fields['assignments']) ? fields['assignments'] : [];
      return rows.length > most ? { ...fields, assignments: rows.slice(0, most), 'assignments@odata.nextLink': nextLink } : item;
    }),
});
