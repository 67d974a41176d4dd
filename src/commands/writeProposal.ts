import { l10n, window } from 'vscode';
import { targetKey } from '../intune/assignment.ts';
import type { Change, Plan } from '../intune/plan.ts';
import type { Proposal } from '../intune/proposal.ts';
import type { Wanted } from '../intune/propose.ts';
import { type ScriptRef, scriptKey } from '../intune/script.ts';
import { plainText, withoutLinks } from '../views/plainText.ts';
import { askConfirmation } from '../views/review/askReview.ts';
import { conflictText } from '../views/write/conflictText.ts';
import { resultLines, resultSummary, type Written } from '../views/write/result.ts';
import { writeWithProgress } from '../views/write/writeWithProgress.ts';
import type { WriteCommandParts } from './writeCommandParts.ts';

/** Starts a command again with other changes. */
type Again = (wanted: Wanted) => Promise<void>;

/** What can be done about a result; each is a button. */
interface Remedy {
  readonly label: string;
  readonly run: () => Promise<void> | void;
}

const sameChanges = (changes: ReadonlyMap<string, readonly Change[]>, scripts: readonly ScriptRef[], wanted: Wanted): Wanted => ({
  scripts,
  groups: wanted.groups,
  changesFor: script => changes.get(scriptKey(script)) ?? [],
});

/** The rows of deleted groups, taken out: only ever at the user's wish, after the service refused a list because of them. */
function withoutDeletedGroups(proposal: Proposal, plan: Plan): readonly Change[] {
  const deleted = plan.base.filter(
    ({ target }) => target.groupId !== undefined && proposal.groups.get(target.groupId)?.status === 'deleted',
  );
  return deleted.map(({ target }): Change => ({ kind: 'remove', targetKey: targetKey(target) }));
}

function planAgain(written: readonly Written[], wanted: Wanted, again: Again): readonly Remedy[] {
  const conflicts = written.filter(({ outcome }) => outcome.kind === 'conflict').map(({ plan }) => plan);
  if (conflicts.length === 0) return [];
  const changes = new Map(conflicts.map(({ script, changes: list }) => [scriptKey(script), list]));
  return [
    {
      label: l10n.t('Plan Again'),
      run: () =>
        again(
          sameChanges(
            changes,
            conflicts.map(({ script }) => script),
            wanted,
          ),
        ),
    },
  ];
}

function showChanges(parts: WriteCommandParts, proposal: Proposal, written: readonly Written[]): readonly Remedy[] {
  const texts = written.flatMap(({ plan, outcome }) =>
    outcome.kind === 'conflict' || outcome.kind === 'changedAfter'
      ? [conflictText(plan, outcome.now, proposal.groups, parts.clock.now())]
      : [],
  );
  const title = l10n.t('Changed by somebody else.txt');
  return texts.length === 0 ? [] : [{ label: l10n.t('Show Changes'), run: () => parts.documents.showText(title, texts.join('\n')) }];
}

function restore(written: readonly Written[], again: Again): readonly Remedy[] {
  const lost = written.flatMap(({ plan, outcome }) =>
    outcome.kind === 'changedAfter' && outcome.missing.length > 0 ? [{ script: plan.script, missing: outcome.missing }] : [],
  );
  if (lost.length === 0) return [];
  const changes = new Map(
    lost.map(({ script, missing }) => [scriptKey(script), missing.map((assignment): Change => ({ kind: 'add', assignment }))]),
  );
  const wanted = { scripts: lost.map(({ script }) => script), groups: [], changesFor: () => [] };
  return [{ label: l10n.t('Restore…'), run: () => again(sameChanges(changes, wanted.scripts, wanted)) }];
}

function removeDeletedGroups(proposal: Proposal, written: readonly Written[], wanted: Wanted, again: Again): readonly Remedy[] {
  const refused = written.flatMap(({ plan, outcome }) => {
    const removals = outcome.kind === 'failed' && outcome.error.status === 400 ? withoutDeletedGroups(proposal, plan) : [];
    return removals.length > 0 ? [{ plan, changes: [...removals, ...plan.changes] }] : [];
  });
  if (refused.length === 0) return [];
  const changes = new Map(refused.map(({ plan, changes: list }) => [scriptKey(plan.script), list]));
  const scripts = refused.map(({ plan }) => plan.script);
  return [{ label: l10n.t('Remove Deleted Groups…'), run: () => again(sameChanges(changes, scripts, wanted)) }];
}

async function tell(parts: WriteCommandParts, proposal: Proposal, written: readonly Written[], remedies: readonly Remedy[]): Promise<void> {
  const lines = resultLines(proposal, written);
  for (const line of lines) parts.log.info(line);
  const { text, ok } = resultSummary(proposal, written);
  const showResult: Remedy = { label: l10n.t('Show Result'), run: () => parts.documents.showText(l10n.t('Result.txt'), lines.join('\n')) };
  const showLog: Remedy = { label: l10n.t('Show Log'), run: parts.showLog };
  const buttons = [...remedies, ...(lines.length > 1 ? [showResult] : []), showLog];
  const show = ok ? window.showInformationMessage : window.showErrorMessage;
  const chosen = await show(withoutLinks(text), ...buttons.map(({ label }) => label));
  await buttons.find(({ label }) => label === chosen)?.run();
}

/** The reasons for which a reviewed proposal is not written after all. */
function refusal(parts: WriteCommandParts, { connection }: Proposal): string | undefined {
  if (parts.settings().readOnly) return l10n.t('Intune Scripts is set to read only. Nothing was written.');
  if (parts.connection()?.key === connection.key) return undefined;
  return l10n.t('This plan is for {0}, which is not the tenant and account of now. Nothing was written.', plainText(connection.tenantName));
}

/** Writes a proposal that the user has reviewed, and tells what became of it. Resolves to what was written; nothing if it was refused. */
export async function writeProposal(
  parts: WriteCommandParts,
  proposal: Proposal,
  wanted: Wanted,
  again: Again,
): Promise<readonly Written[]> {
  const { connection, plans } = proposal;
  if (!(await askConfirmation(proposal, parts.settings()))) return [];
  const refused = refusal(parts, proposal);
  if (refused !== undefined) {
    void window.showErrorMessage(withoutLinks(refused));
    return [];
  }
  const outcomes = await writeWithProgress(
    plans,
    {
      client: connection.client,
      journal: parts.journal(connection),
      memory: connection.memory,
      clock: parts.clock,
      writeMethod: parts.settings().writeMethod,
      connection: connection.key,
      account: connection.account,
      newId: parts.newId,
      report: parts.log.error,
    },
    connection.tenantName,
  );
  const written = plans.flatMap((plan, index): readonly Written[] => {
    const outcome = outcomes[index];
    return outcome ? [{ plan, outcome }] : [];
  });
  for (const { plan, outcome } of written) {
    if ('now' in outcome && outcome.now) connection.inventory.setAssignments(plan.script, outcome.now, [...proposal.groups.values()]);
  }
  const remedies = [
    ...planAgain(written, wanted, again),
    ...restore(written, again),
    ...removeDeletedGroups(proposal, written, wanted, again),
    ...showChanges(parts, proposal, written),
  ];
  // Not awaited by who called: a notification may stand for hours.
  void tell(parts, proposal, written, remedies).catch(parts.log.error);
  return written;
}
