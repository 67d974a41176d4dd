import { isRecord, type Wire } from '../../base/canonicalJson.ts';
import { type GraphClient, GraphError, type SendOptions } from '../../graph/client.ts';
import { familyOf, tierScopes } from '../model/families.ts';
import { type Script, type ScriptRef, scriptKey, scriptPath } from '../model/script.ts';

/** What came of a script on a device. Only scripts that are no remediations have `succeeded` and `failed`. */
export type RunResult =
  | 'succeeded'
  | 'failed'
  | 'noIssue'
  | 'issue'
  | 'remediated'
  | 'reoccurred'
  | 'detectionFailed'
  | 'remediationFailed'
  | 'skipped'
  | 'pending'
  | 'notApplicable';

/** How a script ran so far: for each result that occurred, on how many devices and for how many users. */
export interface RunSummary {
  readonly devices: ReadonlyMap<RunResult, number>;
  readonly users: ReadonlyMap<RunResult, number>;
  /** Milliseconds since the epoch; undefined where the service does not say. */
  readonly lastRun?: number;
}

/** By the beta metadata: deviceManagementScriptRunSummary, deviceHealthScriptRunSummary, deviceComplianceScriptRunSummary. */
const deviceCounts: readonly (readonly [string, RunResult])[] = [
  ['successDeviceCount', 'succeeded'],
  ['errorDeviceCount', 'failed'],
  ['noIssueDetectedDeviceCount', 'noIssue'],
  ['issueDetectedDeviceCount', 'issue'],
  ['issueRemediatedDeviceCount', 'remediated'],
  ['issueReoccurredDeviceCount', 'reoccurred'],
  ['detectionScriptErrorDeviceCount', 'detectionFailed'],
  ['remediationScriptErrorDeviceCount', 'remediationFailed'],
  ['remediationSkippedDeviceCount', 'skipped'],
  ['detectionScriptPendingDeviceCount', 'pending'],
  ['detectionScriptNotApplicableDeviceCount', 'notApplicable'],
];
const userCounts: readonly (readonly [string, RunResult])[] = [
  ['successUserCount', 'succeeded'],
  ['errorUserCount', 'failed'],
];

const countsIn = (wire: Wire, keys: typeof deviceCounts): ReadonlyMap<RunResult, number> =>
  new Map(
    keys.flatMap(([key, result]): [RunResult, number][] => {
      const count = wire[key];
      return typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? [[result, count]] : [];
    }),
  );

/** The service writes the first day of the calendar for what never was. */
function lastRunOf(wire: Wire): number | undefined {
  const time = Date.parse(String(wire['lastScriptRunDateTime']));
  return Number.isFinite(time) && time > 0 ? time : undefined;
}

/** A summary that was answered; undefined for what is none. */
export function runSummaryFromWire(wire: unknown): RunSummary | undefined {
  if (!isRecord(wire) || !deviceCounts.some(([key]) => typeof wire[key] === 'number')) return undefined;
  const lastRun = lastRunOf(wire);
  return { devices: countsIn(wire, deviceCounts), users: countsIn(wire, userCounts), ...(lastRun !== undefined && { lastRun }) };
}

/** How a script ran so far, by one request. Rejects with a `GraphError`. */
export async function readRunSummary(
  client: GraphClient,
  script: Pick<ScriptRef, 'family' | 'id'>,
  options: SendOptions = {},
): Promise<RunSummary> {
  const path = `${scriptPath(script)}/runSummary`;
  const { body } = await client.send({ path, scopes: tierScopes[familyOf(script.family).readTier] }, options);
  const summary = runSummaryFromWire(body);
  if (summary) return summary;
  throw new GraphError({ kind: 'badAnswer', message: 'The answer has no run results.', request: { method: 'GET', path } });
}

/** What is known of how one script ran. */
export type RunSummaryState =
  | { readonly status: 'reading' }
  /** `readAt` is in milliseconds since the epoch. */
  | { readonly status: 'read'; readonly summary: RunSummary; readonly readAt: number }
  | { readonly status: 'failed'; readonly error: unknown };

/** How scripts ran, each read when it is asked for and not before. Belongs to one tenant and account. */
export interface RunSummaries {
  /** Undefined for a script that nobody has asked for. */
  of(script: Pick<Script, 'family' | 'id'>): RunSummaryState | undefined;
  /** Reads in the background, unless it was read since it was last forgotten. A failure counts as read. */
  read(script: Script): void;
  /** Has what is known of a family read anew when it is asked for again. Until then it is still told. */
  forget(family: Script['family']): void;
  /** Tells that more is known of a script. */
  onDidChange(listener: (script: Script) => void): { dispose(): void };
  /** Ends what is under way. */
  dispose(): void;
}

interface Entry {
  readonly script: Script;
  state: RunSummaryState;
  fresh: boolean;
  /** Counts readings, so that one that was overtaken is dropped. */
  reading: number;
}

/** `now` gives milliseconds since the epoch. */
export function createRunSummaries(client: GraphClient, now: () => number): RunSummaries {
  const entries = new Map<string, Entry>();
  const listeners = new Set<(script: Script) => void>();
  const controller = new AbortController();

  async function stateNow(script: Script): Promise<RunSummaryState> {
    try {
      const summary = await readRunSummary(client, script, { signal: controller.signal });
      return { status: 'read', summary, readAt: now() };
    } catch (error) {
      return { status: 'failed', error };
    }
  }

  async function fill(entry: Entry): Promise<void> {
    entry.fresh = true;
    entry.reading += 1;
    const mine = entry.reading;
    const state = await stateNow(entry.script);
    if (mine !== entry.reading || controller.signal.aborted) return;
    entry.state = state;
    for (const listener of [...listeners]) listener(entry.script);
  }

  return {
    of: script => entries.get(scriptKey(script))?.state,
    read(script) {
      const entry = entries.get(scriptKey(script)) ?? { script, state: { status: 'reading' }, fresh: false, reading: 0 };
      entries.set(scriptKey(script), entry);
      if (!entry.fresh) void fill(entry);
    },
    forget(family) {
      for (const entry of entries.values()) if (entry.script.family === family) entry.fresh = false;
    },
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
    dispose: () => controller.abort(),
  };
}
