import { l10n } from 'vscode';
import type { Assignment } from '../intune/model/assignment.ts';
import { scriptKey } from '../intune/model/script.ts';
import type { Plan } from '../intune/plan/plan.ts';
import type { Proposal } from '../intune/plan/proposal.ts';
import { readLastChanges } from '../intune/read/auditEvents.ts';
import { shownSet, type WriteOutcome } from '../intune/write/outcome.ts';
import { conflictText } from '../views/write/conflictText.ts';
import type { Written } from '../views/write/result.ts';
import type { Remedy } from './remedies.ts';
import type { WriteCommandParts } from './writeCommandParts.ts';

/** Milliseconds for which the names of those who were quicker are waited for. */
const patience = 5_000;

/** The set that shows the work of somebody else; undefined where an outcome shows none. */
function shownBySomebody(plan: Plan, outcome: WriteOutcome): readonly Assignment[] | undefined {
  if (outcome.kind === 'unknown') return outcome.now && shownSet(plan, outcome.now) === 'another' ? outcome.now : undefined;
  if (outcome.kind === 'written') return outcome.replaced;
  return outcome.kind === 'conflict' || outcome.kind === 'changedAfter' ? outcome.now : undefined;
}

/** What somebody else changed, and who it was as far as audit events may be read: they are asked for when it is pressed, and not before. */
export function showChanges(
  parts: WriteCommandParts,
  { connection, at, groups }: Proposal,
  written: readonly Written[],
): readonly Remedy[] {
  const changed = written.flatMap(({ plan, outcome }) => {
    const now = shownBySomebody(plan, outcome);
    return now ? [{ plan, now, isConflict: outcome.kind === 'conflict' }] : [];
  });
  if (changed.length === 0) return [];
  async function run(): Promise<void> {
    // After a write of ours, the last change is our own.
    const conflicts = changed.flatMap(({ plan, isConflict }) => (isConflict ? [plan.script] : []));
    const options = { signal: AbortSignal.timeout(patience) };
    const by = await readLastChanges(connection.client, conflicts, at, options);
    const names = { groups, filters: connection.inventory.filters() };
    const texts = changed.map(({ plan, now }) => conflictText(plan, now, names, parts.clock.now(), by.get(scriptKey(plan.script))));
    await parts.documents.showText(l10n.t('Changed since the plan was made.txt'), texts.join('\n'));
  }
  return [{ label: l10n.t('Show Changes'), informs: true, run }];
}
