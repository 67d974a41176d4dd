import { l10n } from 'vscode';
import { visibleName } from '../plainText.ts';
import { isRepeated } from '../repeatedNames.ts';
import { groupLabel, groupStatus, shortId } from '../words/group.ts';
import { type Icon, type Row, type RowContext, warningIcon } from './row.ts';

/** What a row shows of a group, wherever it is shown. */
export interface GroupParts {
  readonly label: string;
  /** The start of its id, where the label alone does not tell which group it is. */
  readonly hint: string | undefined;
  readonly icon: Icon;
  readonly capabilities: Row['capabilities'];
  /** Lines after the name. */
  readonly tooltip: readonly string[];
}

const idLine = (id: string): string => l10n.t('ID: {0}', id);

function explanation(status: ReturnType<typeof groupStatus>): readonly string[] {
  if (status === 'deleted') return [l10n.t('This group does not exist any more. Intune still keeps the assignment.')];
  if (status === 'unreadable') return [l10n.t('Your account is not allowed to read the name of this group.')];
  return [];
}

/** The parts of a group that is included (`organization`), or of one that is excluded (`circle-slash`). */
export function groupParts(id: string, icon: string, { inventory: { groups }, repeated }: RowContext): GroupParts {
  const status = groupStatus(groups, id);
  const label = groupLabel(groups, id);
  const tooltip = [...explanation(status), idLine(id)];
  switch (status) {
    case 'loading':
      return { label, hint: undefined, icon: { id: 'loading~spin' }, capabilities: ['id'], tooltip };
    case 'deleted':
      return { label, hint: shortId(id), icon: warningIcon, capabilities: ['deletedGroup', 'id'], tooltip };
    case 'unreadable':
      return { label, hint: undefined, icon: { id: icon }, capabilities: ['targetGroup', 'portal', 'id'], tooltip };
    case 'named':
      return {
        label,
        hint: isRepeated(repeated, label) || !visibleName(groups.get(id)?.name) ? shortId(id) : undefined,
        icon: { id: icon },
        capabilities: ['targetGroup', 'portal', 'id'],
        tooltip,
      };
  }
}
