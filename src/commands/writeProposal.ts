import { l10n, window } from 'vscode';
import { readHistory } from '../intune/history/recovery.ts';
import { scriptKey } from '../intune/model/script.ts';
import type { Plan } from '../intune/plan/plan.ts';
import type { Proposal } from '../intune/plan/proposal.ts';
import type { Wanted } from '../intune/plan/propose.ts';
import { passedAnew } from '../intune/plan/runOnce.ts';
import { readGoneGroups } from '../intune/read/groups.ts';
import type { WriteOutcome } from '../intune/write/outcome.ts';
import type { ChangeNote } from '../intune/write/write.ts';
import { tenantTitle } from '../views/connectionWords.ts';
import { withoutLinks } from '../views/plainText.ts';
import { askConfirmation } from '../views/review/askReview.ts';
import { deletedGroupName } from '../views/words/group.ts';
import type { Written } from '../views/write/result.ts';
import { type Refused, type WriteProgressOptions, writeWithProgress } from '../views/write/writeWithProgress.ts';
import { askJustification } from './askJustification.ts';
import { changeNote } from './changeNote.ts';
import { notWritable, whileWritable } from './readOnly.ts';
import { type Again, openChanges, remediesOf } from './remedies.ts';
import { showChanges } from './showChanges.ts';
import { tellResult } from './tellResult.ts';
import type { WriteCommandParts } from './writeCommandParts.ts';
import { writeParts } from './writeParts.ts';

/** Milliseconds after which the groups of a proposal are looked at again: a plan may stand open for hours. */
const freshFor = 60_000;

/** Ids of the groups that a proposal adds and that are deleted by now. */
async function goneMeanwhile({ plans, at, connection }: Proposal, now: number, signal: AbortSignal): Promise<readonly string[]> {
  if (now - at < freshFor) return [];
  const ids = plans.flatMap(({ rows }) =>
    rows.flatMap(({ action, assignment }) => (action === 'add' ? (assignment.target.groupId ?? []) : [])),
  );
  return readGoneGroups(connection.client, [...new Set(ids)], { signal });
}

/** What may have become of the window since a proposal was reviewed. */
function outdated(parts: WriteCommandParts, { connection, plans }: Proposal): string | undefined {
  const stopped = notWritable(parts, connection);
  if (stopped !== undefined) return stopped;
  return passedAnew(plans, parts.clock.now())
    ? l10n.t('The date of a run-once schedule has passed since the plan was made. Nothing was written. Make the plan again.')
    : undefined;
}

const goneWords = ({ groups }: Proposal, gone: string): string =>
  l10n.t('{0} was deleted since the plan was made. Nothing was written. Pick again.', deletedGroupName(groups, gone));

/** Whether another window has taken up some of a change meanwhile that is resumed. */
async function isTakenUp(parts: WriteCommandParts, { connection, plans }: Proposal, resumes: string | undefined): Promise<boolean> {
  if (resumes === undefined) return false;
  const changes = await readHistory(parts.journal(connection));
  const taken = changes.find(({ id }) => id === resumes)?.writes.filter(({ resumed }) => resumed) ?? [];
  const keys = new Set(taken.map(({ script }) => scriptKey(script)));
  return plans.some(({ script }) => keys.has(scriptKey(script)));
}

/** Looks at what may have become of a reviewed proposal. Resolves to the reasons for which it is not written after all, to be asked at once. */
async function lookAgain(
  parts: WriteCommandParts,
  proposal: Proposal,
  resumes: string | undefined,
  signal: AbortSignal,
): Promise<() => string | undefined> {
  const [gone] = await goneMeanwhile(proposal, parts.clock.now(), signal).catch((error: unknown) => {
    if (signal.aborted) return [];
    throw error;
  });
  const words = (await isTakenUp(parts, proposal, resumes))
    ? l10n.t('This was resumed meanwhile. Nothing was written.')
    : gone === undefined
      ? undefined
      : goneWords(proposal, gone);
  // The network and the disk were waited for: the tenant may be another one by now, or the window read only.
  return () => outdated(parts, proposal) ?? words;
}

/** Writes some of the plans, unless something has become of the proposal. */
async function writeSome(
  parts: WriteCommandParts,
  proposal: Proposal,
  plans: readonly Plan[],
  { resumes, ...options }: Pick<WriteProgressOptions, 'change' | 'justification'> & { readonly resumes?: string | undefined },
): Promise<readonly WriteOutcome[] | Refused> {
  const refused = outdated(parts, proposal);
  if (refused !== undefined) return { refused };
  const { connection } = proposal;
  return whileWritable(parts, connection, stop =>
    writeWithProgress(plans, writeParts(parts, connection), tenantTitle(connection), {
      ...options,
      signal: stop,
      lookAgain: signal => lookAgain(parts, proposal, resumes, signal),
    }),
  );
}

/** Writes the plans, and asks for the approval of those that Multi Admin Approval protects. */
async function writeAll(parts: WriteCommandParts, proposal: Proposal, change: ChangeNote): Promise<readonly WriteOutcome[] | Refused> {
  const { plans } = proposal;
  const outcomes = await writeSome(parts, proposal, plans, { change, resumes: change.resumes });
  if ('refused' in outcomes) return outcomes;
  const guarded = plans.filter((_, index) => outcomes[index]?.kind === 'needsApproval');
  if (guarded.length === 0) return outcomes;
  const scripts = guarded.map(({ script }) => script);
  const justification = await askJustification(parts, scripts);
  if (justification === undefined) return outcomes;
  const asked = await writeSome(parts, proposal, guarded, { change, justification });
  // Much may have happened while that question stood.
  if ('refused' in asked) return outcomes;
  const byPlan = new Map(guarded.map((plan, index) => [plan, asked[index]]));
  return plans.flatMap((plan, index) => byPlan.get(plan) ?? outcomes[index] ?? []);
}

/**
 * Writes a proposal that the user has reviewed, and tells what became of it. Resolves to what was written; undefined if the user or
 * a refusal stopped it before anything was sent.
 */
export async function writeProposal(
  parts: WriteCommandParts,
  proposal: Proposal,
  wanted: Wanted,
  again: Again,
): Promise<readonly Written[] | undefined> {
  const { connection, plans } = proposal;
  if (!(await askConfirmation(proposal, parts.settings()))) return undefined;
  const change = changeNote(parts.newId(), proposal, wanted);
  const outcomes = await writeAll(parts, proposal, change);
  if ('refused' in outcomes) {
    void window.showErrorMessage(withoutLinks(outcomes.refused));
    return undefined;
  }
  const written = plans.flatMap((plan, index): readonly Written[] => {
    const outcome = outcomes[index];
    return outcome ? [{ plan, outcome }] : [];
  });
  // The same tenant may have been opened anew meanwhile, with an inventory of its own.
  const current = parts.connection();
  const { inventory } = current?.key === connection.key ? current : connection;
  const read = written.flatMap(({ plan, outcome }) =>
    'now' in outcome && outcome.now ? [[scriptKey(plan.script), outcome.now] as const] : [],
  );
  inventory.setAssignments(new Map(read), [...proposal.groups.values()]);
  const remedies = [
    ...remediesOf(proposal, written, { id: change.id, wanted }, again),
    ...showChanges(parts, proposal, written),
    ...openChanges(written),
  ];
  // Not awaited by who called: a notification may stand for hours.
  void tellResult(parts, proposal, written, remedies, change.id).catch(parts.log.error);
  return written;
}
