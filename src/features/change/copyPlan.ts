import { l10n } from 'vscode';
import type { Proposal } from '../../intune/plan/proposal.ts';
import { writeRequest } from '../../intune/write/route.ts';
import { comments, headLines, planJson, scriptLines } from './planLines.ts';
import { powerShell } from './planPowerShell.ts';

export interface CopyPlanParts {
  /** The plan that is shown in front. */
  readonly shownPlan: () => Proposal | undefined;
  readonly writeText: (text: string) => PromiseLike<void>;
  /** Says something that needs no answer, in the status bar. */
  readonly mention: (text: string) => void;
  readonly say: (message: string) => PromiseLike<unknown>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

async function copy(parts: CopyPlanParts, textOf: (proposal: Proposal, now: number) => string, copied: string): Promise<void> {
  const proposal = parts.shownPlan();
  if (!proposal) return void (await parts.say(l10n.t('Open a plan first: choose Show Plan in a review.')));
  await parts.writeText(textOf(proposal, parts.now()));
  parts.mention(copied);
}

/** Copy as Graph Requests: the plan that is shown, for those who want to read or send it by other means. */
export const copyPlanAsGraphRequests = (parts: CopyPlanParts) => (): Promise<void> =>
  copy(parts, graphRequests, l10n.t('Plan copied as Graph requests'));

/** Copy as PowerShell: the plan that is shown, as a script that looks before it writes. */
export const copyPlanAsPowerShell = (parts: CopyPlanParts) => (): Promise<void> =>
  copy(parts, powerShell, l10n.t('Plan copied as PowerShell'));

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
