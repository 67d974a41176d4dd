import { isRecord, type Wire } from '../base/canonicalJson.ts';
import { type GraphClient, GraphError, type SendOptions } from '../graph/client.ts';
import { familyOf } from './families.ts';
import { tierScopes } from './permissions.ts';
import { type ScriptRef, scriptPath } from './script.ts';

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
