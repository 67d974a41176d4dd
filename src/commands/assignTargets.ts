import { l10n } from 'vscode';
import type { Group } from '../intune/model/group.ts';
import type { Script } from '../intune/model/script.ts';
import type { Target } from '../intune/model/target.ts';
import { addTargets, oppositeOf } from '../intune/plan/addTargets.ts';
import { standing } from '../intune/plan/limitations.ts';
import type { Connection } from '../intune/read/connection.ts';
import { askOptions } from '../views/assignmentOptions/askOptions.ts';
import { scriptCount } from '../views/words/count.ts';
import { quoted } from '../views/words/quoted.ts';
import { scriptLabel } from '../views/words/script.ts';
import { changeAssignments } from './changeAssignments.ts';
import type { WriteAccessParts } from './writeAccess.ts';

const optionsTitle = ([first, ...others]: readonly Script[]): string =>
  l10n.t('Assign {0}: Schedule and Filter', first && others.length === 0 ? quoted(scriptLabel(first)) : scriptCount(others.length + 1));

/** Assigns scripts to targets that were picked; how remediations are to run is asked before. `groups` are those among the targets. */
export async function assignTargets(
  parts: WriteAccessParts,
  connection: Connection,
  scripts: readonly Script[],
  targets: readonly Target[],
  groups: readonly Group[] = [],
): Promise<void> {
  const { inventory } = connection;
  const asked = await askOptions(parts, { title: optionsTitle(scripts), scripts, inventory, now: parts.clock.now() });
  if (!asked) return;
  const options = { ...asked, ...oppositeOf(scripts) };
  await changeAssignments(parts, connection, {
    scripts,
    groups,
    changesFor: script => addTargets(script, targets, options),
    shortfallsFor: (script, base) => standing(addTargets(script, targets, options), base),
  });
}
