import { l10n } from 'vscode';
import type { Script } from '../intune/model/script.ts';
import type { Target } from '../intune/model/target.ts';
import { addTargets, oppositeOf } from '../intune/plan/addTargets.ts';
import { standing } from '../intune/plan/limitations.ts';
import { rememberGroups } from '../intune/read/groupSearch.ts';
import { pickGroups } from '../views/groupPicker/pickGroups.ts';
import { scriptCount } from '../views/words/count.ts';
import { quoted } from '../views/words/quoted.ts';
import { scriptLabel } from '../views/words/script.ts';
import { changeAssignments } from './changeAssignments.ts';
import { requireWritable, supporting, type WriteAccessParts, writableScripts } from './writeAccess.ts';

const excludeTitle = (scripts: readonly Script[]): string => {
  const [only] = scripts;
  return only && scripts.length === 1
    ? l10n.t('Exclude Groups from {0}', quoted(scriptLabel(only)))
    : l10n.t('Exclude Groups from {0}', scriptCount(scripts.length));
};

/** Exclude Group…: takes groups out of whom the scripts of the rows, or those that the user picks, reach. */
export const excludeGroup =
  (parts: WriteAccessParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireWritable(parts);
    const chosen = connection && (await writableScripts(parts, connection, args, l10n.t('Exclude Group: Scripts')));
    const scripts = supporting(parts, chosen ?? [], 'exclusionGroup');
    if (!connection || scripts.length === 0) return;
    const groups = await pickGroups(connection.client, connection.memory, excludeTitle(scripts));
    if (!groups) return;
    await rememberGroups(connection.memory, groups);
    const targets = groups.map(({ id }): Target => ({ kind: 'exclusionGroup', groupId: id }));
    await changeAssignments(parts, connection, {
      scripts,
      groups,
      changesFor: script => addTargets(script, targets, oppositeOf(scripts)),
      shortfallsFor: (script, base) => standing(addTargets(script, targets), base),
    });
  };
