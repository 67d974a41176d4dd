import type { Proposal } from '../../intune/plan/proposal.ts';
import { writeRequest } from '../../intune/write/route.ts';
import { planJson } from './planJson.ts';
import { comments, headLines, scriptLines } from './planLines.ts';

/**
 * A plan as requests to Microsoft Graph, in the form of `.http` files: method, address, headers, body as `assign` takes it. Without
 * `Authorization`: whoever sends them signs in by other means. `now` is in milliseconds since the epoch.
 */
export function graphRequests(proposal: Proposal, now: number): string {
  const { connection, groups, plans } = proposal;
  const requests = plans.flatMap(plan => {
    const { method, path, body } = writeRequest(plan, 'assign');
    return [
      '',
      '###',
      ...comments(scriptLines(plan, groups, now)),
      `${method} ${connection.cloud.graph}${path}`,
      'Content-Type: application/json',
      '',
      planJson(body),
    ];
  });
  return `${[...comments(headLines(proposal)), ...requests].join('\n')}\n`;
}
