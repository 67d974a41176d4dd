import { l10n } from 'vscode';
import { groupUse } from '../groupsTree.ts';
import type { GroupNode } from '../nodes.ts';
import { scriptCount } from '../words/count.ts';
import { inOneLine } from '../words/list.ts';
import { groupParts } from './groupParts.ts';
import type { Row, RowContext } from './row.ts';

/** "3 scripts · 1 excluded". */
function useWords(included: number, excluded: number): string {
  if (excluded === 0) return scriptCount(included);
  const excludes = excluded === 1 ? l10n.t('excluded from 1 script') : l10n.t('excluded from {0} scripts', excluded);
  return inOneLine([included > 0 ? scriptCount(included) : undefined, excludes]);
}

/** The row of a group: its name and how many scripts target it. */
export function groupRow({ groupId }: GroupNode, context: RowContext): Row {
  const parts = groupParts(groupId, 'organization', context);
  const { included, excluded } = groupUse(context, groupId);
  const use = useWords(included, excluded);
  return {
    label: parts.label,
    description: inOneLine([use, parts.hint]),
    icon: parts.icon,
    expandable: true,
    capabilities: [...parts.capabilities, 'removeSome'],
    spoken: [l10n.t("Group '{0}'", parts.label), use].join(', '),
    tooltip: [parts.label, use, ...parts.tooltip],
  };
}
