import { pick } from '../random.ts';
import type { TenantService } from '../service/tenantService.ts';
import { rowsOf, type SampleScript } from '../state/stored.ts';
import type { JsonObject } from '../wire/json.ts';
import { intuneTime } from '../wire/time.ts';
import { targetGroup } from './target.ts';

/** How the script ran, made up from the size of its groups. Properties by the public metadata of the beta version. */
export function runSummary(service: TenantService, script: SampleScript): JsonObject {
  const devices = rowsOf(script).reduce((sum, row) => sum + devicesOf(service, targetGroup(row.target)), 0);
  const bad = Math.floor((devices * pick(`${script.id}/errors`, 9)) / 100);
  const pending = Math.floor((devices * pick(`${script.id}/pending`, 15)) / 100);
  const good = devices - bad - pending;
  if (script.family === 'deviceHealthScripts' || script.family === 'deviceComplianceScripts')
    return healthSummary(service, script, good, bad, pending);
  return { id: script.id, successDeviceCount: good, errorDeviceCount: bad, successUserCount: 0, errorUserCount: 0 };
}

/** The default of a DateTimeOffset, for a moment that never was. That the service writes it is not confirmed; null would be kinder. */
const never = '0001-01-01T00:00:00Z';

const devicesOf = (service: TenantService, groupId: string | undefined): number =>
  groupId === undefined ? 0 : (service.state.groups.get(groupId)?.devices ?? 0);

function healthSummary(service: TenantService, script: SampleScript, good: number, bad: number, pending: number): JsonObject {
  const summary = {
    id: script.id,
    noIssueDetectedDeviceCount: good,
    issueDetectedDeviceCount: bad,
    detectionScriptErrorDeviceCount: 0,
    detectionScriptPendingDeviceCount: pending,
    lastScriptRunDateTime: good + bad > 0 ? intuneTime(service.clock.now() - 3 * 3_600_000) : never,
  };
  if (script.family === 'deviceComplianceScripts') return summary;
  return {
    ...summary,
    detectionScriptNotApplicableDeviceCount: 0,
    issueRemediatedDeviceCount: Math.floor(bad / 2),
    issueReoccurredDeviceCount: 0,
    remediationScriptErrorDeviceCount: 0,
    remediationSkippedDeviceCount: 0,
    issueRemediatedCumulativeDeviceCount: bad,
  };
}
