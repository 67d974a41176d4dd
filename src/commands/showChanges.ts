import { l10n } from 'vscode';
import { readLastChanges } from '../intune/auditEvents.ts';
import type { Proposal } from '../intune/proposal.ts';
import { scriptKey } from '../intune/script.ts';
import { conflictText } from '../views/write/conflictText.ts';
import type { Written } from '../views/write/result.ts';
import type { Remedy } from './remedies.ts';
import type { WriteCommandParts } from './writeCommandParts.ts';

/** Milliseconds for which the names of those who were quicker are waited for. */
const patience = 5_000;

/** What somebody else changed, and who it was as far as audit events may be read: they are asked for when it is pressed, and not before. */
export function showChanges(
  parts: WriteCommandParts,
  { connection, at, groups }: Proposal,
  written: readonly Written[],
): readonly Remedy[] {
  const changed = written.flatMap(({ plan, outcome }) =>
    outcome.kind === 'conflict' || outcome.kind === 'changedAfter' ? [{ plan, outcome }] : [],
  );
  if (changed.length === 0) return [];
  async function run(): Promise<void> {
    // After a write of ours, the last change is our own.
    const conflicts = changed.flatMap(({ plan, outcome }) => (outcome.kind === 'conflict' ? [plan.script] : []));
    const options = { signal: AbortSignal.timeout(patience) };
    const by = await readLastChanges(connection.client, conflicts, at, options);
    const now = parts.clock.now();
    const names = { groups, filters: connection.inventory.filters() };
    const texts = changed.map(({ plan, outcome }) => conflictText(plan, outcome.now, names, now, by.get(scriptKey(plan.script))));
    await parts.documents.showText(l10n.t('Changed by somebody else.txt'), texts.join('\n'));
  }
  return [{ label: l10n.t('Show Changes'), run }];
}
