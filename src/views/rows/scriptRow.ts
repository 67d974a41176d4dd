import { l10n } from 'vscode';
import { familyOf } from '../../intune/model/families.ts';
import { type Script, scriptKey } from '../../intune/model/script.ts';
import { isRemovable } from '../../intune/plan/removals.ts';
import type { ScriptNode } from '../nodes.ts';
import { plainText } from '../plainText.ts';
import { deletedGroupsOf, reachesSomebody } from '../scriptFilters.ts';
import { assignedWords } from '../words/assigned.ts';
import { familyName, scriptKindName } from '../words/family.ts';
import { familyFailure } from '../words/familyFailure.ts';
import { shortId } from '../words/group.ts';
import { inOneLine } from '../words/list.ts';
import { scriptLabel } from '../words/script.ts';
import { type Row, type RowContext, warningIcon } from './row.ts';

/** What can be done with a script, wherever it is shown. */
export function scriptCapabilities({ family }: Pick<Script, 'family'>): Row['capabilities'] {
  const { assignKey, supports } = familyOf(family);
  const targets = (['allDevices', 'allUsers', 'exclude'] as const).filter(target => supports[target]);
  return ['script', ...(assignKey ? (['assign', ...targets] as const) : []), 'portal', 'id'];
}

function lastModified({ lastModified: when }: Script): string | undefined {
  const time = Date.parse(when ?? '');
  return Number.isFinite(time) ? l10n.t('Last modified: {0}', new Date(time).toLocaleString()) : undefined;
}

const runsAs = ({ runAsAccount }: Script): string | undefined => {
  if (runAsAccount === 'system') return l10n.t('Runs as: system');
  return runAsAccount === 'user' ? l10n.t('Runs as: the signed-in user') : undefined;
};

/** What a tooltip tells of a script, name first. */
export const scriptTooltip = (script: Script): readonly string[] =>
  [
    scriptLabel(script),
    script.description === undefined ? undefined : plainText(script.description),
    inOneLine([familyName(script.family), assignedWords(script)]),
    script.fileName === undefined ? undefined : l10n.t('File: {0}', plainText(script.fileName)),
    script.notRead ? l10n.t('Its assignments could not be read: {0}.', familyFailure(script.family, script.notRead).short) : undefined,
    runsAs(script),
    script.onlyDetects ? l10n.t('Only detects: it has no remediation script.') : undefined,
    script.isGlobal ? l10n.t('Published by Microsoft: it can be assigned, but its content cannot be changed.') : undefined,
    lastModified(script),
    l10n.t('ID: {0}', plainText(script.id)),
  ].filter(line => line !== undefined);

/** "Remediation 'Disk cleanup'". */
export const spokenScript = (script: Script): string => l10n.t("{0} '{1}'", scriptKindName(script.family), scriptLabel(script));

const spokenAssigned = (script: Script): string => {
  if (!reachesSomebody(script) || !familyOf(script.family).assignKey) return assignedWords(script);
  return l10n.t('assigned to {0}', assignedWords(script));
};

/** The row of a script: its name and whom it reaches. */
export function scriptRow({ script }: ScriptNode, { inventory, namesakes }: RowContext): Row {
  const deleted = deletedGroupsOf(script, inventory.groups).length;
  const warning = deleted > 0 ? l10n.t('{0} deleted', deleted) : undefined;
  const detects = script.onlyDetects ? l10n.t('only detects') : undefined;
  const unclear = script.name === script.id || namesakes.has(scriptKey(script));
  const hint = unclear ? shortId(script.id) : undefined;
  return {
    label: scriptLabel(script),
    description: inOneLine([hint, assignedWords(script), detects, warning]),
    icon: script.notRead ? warningIcon : { id: script.isGlobal ? 'verified' : 'file-code' },
    expandable: familyOf(script.family).runSummary || script.assignments.length > 0,
    capabilities: [
      ...scriptCapabilities(script),
      ...(script.assignments.some(row => isRemovable(script, row)) ? (['removeSome'] as const) : []),
    ],
    spoken: [spokenScript(script), spokenAssigned(script), detects, warning, hint && l10n.t('ID {0}', hint)]
      .filter(words => words !== undefined)
      .join(', '),
    tooltip: scriptTooltip(script),
  };
}
