import { l10n } from 'vscode';
import type { Proposal } from '../intune/plan/proposal.ts';
import { say, sayError } from '../views/say.ts';
import { resultLines, resultSummary, type Written } from '../views/write/result.ts';
import type { Remedy } from './remedies.ts';
import { showChangeById } from './showChange.ts';
import type { WriteCommandParts } from './writeCommandParts.ts';

/** Opens the report of a change; what the journal does not have, or not all of, is told by the lines of the result. */
async function showReport(
  parts: WriteCommandParts,
  { connection }: Proposal,
  id: string,
  written: readonly Written[],
  lines: readonly string[],
) {
  const journalled = written.every(({ outcome: { kind } }) => kind !== 'notSent');
  if (journalled && (await showChangeById(parts, connection, id))) return;
  await parts.documents.showText(l10n.t('Report.txt'), lines.join('\n'));
}

/** Takes the change back as one, where something of it was done. */
function undoOf(parts: WriteCommandParts, { connection }: Proposal, id: string, written: readonly Written[]): readonly Remedy[] {
  const done = written.some(({ outcome: { kind } }) => kind === 'written' || kind === 'changedAfter');
  return done ? [{ label: l10n.t('Undo…'), run: () => parts.undo(connection, id) }] : [];
}

/** Tells what became of a change, by its id in the journal, with what can be done about it. Resolves when that is done or left. */
export async function tellResult(
  parts: WriteCommandParts,
  proposal: Proposal,
  written: readonly Written[],
  remedies: readonly Remedy[],
  id: string,
): Promise<void> {
  const lines = resultLines(proposal, written);
  for (const line of lines) parts.log.info(line);
  const { text, ok } = resultSummary(proposal, written);
  const report: Remedy = { label: l10n.t('Show Report'), run: () => showReport(parts, proposal, id, written, lines) };
  const showLog: Remedy = { label: l10n.t('Show Log'), run: parts.showLog };
  // Of more buttons, none could be read.
  const isLong = lines.length > 1 || [...proposal.shortfalls.values()].some(list => list.length > 0);
  const buttons = [...remedies, ...undoOf(parts, proposal, id, written), isLong ? report : showLog];
  const offer = async (offered: readonly Remedy[]): Promise<void> => {
    const label = await (ok ? say : sayError)(text, ...offered.map(one => one.label));
    const chosen = offered.find(one => one.label === label);
    await chosen?.run();
    if (chosen?.informs) await offer(offered.filter(one => one !== chosen));
  };
  await offer(buttons);
}
