import { l10n, window } from 'vscode';
import { views } from '../contract.ts';
import type { Connection } from '../intune/connection.ts';
import type { Proposal } from '../intune/proposal.ts';
import { propose, type Wanted } from '../intune/propose.ts';
import { rememberChoice } from '../intune/remediation.ts';
import { withoutLinks } from '../views/plainText.ts';
import { askReview } from '../views/review/askReview.ts';
import { resultLines } from '../views/write/result.ts';
import { refusesAsReadOnly } from './readOnly.ts';
import type { WriteCommandParts } from './writeCommandParts.ts';
import { writeProposal } from './writeProposal.ts';

/** Reads and plans, with VS Code's progress bar in the view. */
function proposeWithProgress(parts: WriteCommandParts, connection: Connection, wanted: Wanted): Thenable<Proposal> {
  return window.withProgress({ location: { viewId: views.scripts } }, async () =>
    propose(connection, wanted, await parts.journal(connection).read(), parts.clock.now()),
  );
}

async function tellNothingToDo(parts: WriteCommandParts, proposal: Proposal): Promise<void> {
  const lines = resultLines(proposal, []);
  const [only] = lines;
  for (const line of lines) parts.log.info(line);
  if (only && lines.length === 1) void window.showInformationMessage(withoutLinks(only));
  else await parts.documents.showText(l10n.t('Nothing to change.txt'), lines.join('\n'));
}

const choose = async (proposal: Proposal, remediates: boolean): Promise<void> => {
  for (const { script, remediationAssumed } of proposal.plans) {
    if (remediationAssumed) await rememberChoice(proposal.connection.memory, script, remediates);
  }
};

/** The one way to change assignments: read, plan, review, write, tell. */
export async function changeAssignments(parts: WriteCommandParts, connection: Connection, wanted: Wanted): Promise<void> {
  if (refusesAsReadOnly(parts)) return;
  const proposal = await proposeWithProgress(parts, connection, wanted);
  if (proposal.plans.length === 0) return tellNothingToDo(parts, proposal);
  const again = (changed: Wanted): Promise<void> => changeAssignments(parts, connection, changed);
  const apply = async (): Promise<void> => {
    const written = await writeProposal(parts, proposal, wanted, again);
    // What was assumed is known from the write on, and not before it.
    const done = written.filter(({ outcome }) => outcome.kind === 'written' || outcome.kind === 'changedAfter');
    await choose({ ...proposal, plans: done.map(({ plan }) => plan) }, true);
  };
  const choice = await askReview(proposal, parts.clock.now());
  if (choice === 'apply') await apply();
  if (choice === 'plan') await parts.documents.show(proposal, apply);
  if (choice === 'detectOnly') {
    await choose(proposal, false);
    await again(wanted);
  }
}
