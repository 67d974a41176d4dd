import { l10n, type QuickPickItem, QuickPickItemKind } from 'vscode';
import type { Group } from '../../intune/model/group.ts';
import { plainText, visibleName, withoutIcons } from '../plainText.ts';
import { shortId } from '../words/group.ts';
import { inOneLine } from '../words/list.ts';
import { targetLabel } from '../words/target.ts';
import { type Choice, type Everyone, isGroup } from './choice.ts';

/** A row of the group picker. Rows without a choice are separators and messages. */
export interface GroupItem extends QuickPickItem {
  readonly choice?: Choice;
}

/** Intune cannot target mail lists without security. */
export const isAssignable = (choice: Choice): boolean => !isGroup(choice) || choice.type !== 'distribution';

/** A group's name for a person; words where it has none. */
export const groupTitle = ({ name }: Pick<Group, 'name'>): string => visibleName(name) ?? l10n.t('Group without a name');

function typeWords(group: Group): readonly (string | undefined)[] {
  return [
    group.type === 'microsoft365' ? l10n.t('Microsoft 365') : undefined,
    group.type === 'distribution' ? l10n.t('distribution list') : undefined,
    group.membership === 'dynamic' ? l10n.t('dynamic') : undefined,
    group.membership === 'dynamicPaused' ? l10n.t('dynamic, paused') : undefined,
    group.synced ? l10n.t('synced') : undefined,
  ];
}

const everyoneItem = (id: Everyone): GroupItem => ({ label: targetLabel({ kind: id }, new Map()), alwaysShow: true, choice: { id } });

/** The row of a group. `sameName` says that another group is called the same, so that a part of the id tells them apart. */
function groupItem(group: Group, sameName: boolean): GroupItem {
  const refusal = isAssignable(group) ? undefined : l10n.t('Intune cannot assign scripts to distribution lists.');
  const detail = refusal ?? (group.description && plainText(group.description));
  return {
    label: withoutIcons(groupTitle(group)),
    description: withoutIcons(inOneLine([...typeWords(group), sameName ? shortId(group.id) : undefined])),
    ...(detail && { detail: withoutIcons(detail) }),
    alwaysShow: true,
    choice: group,
  };
}

const separator = (label: string): GroupItem => ({ label, kind: QuickPickItemKind.Separator });

/** What is shown below what is picked. */
export type Found =
  | { readonly kind: 'recent'; readonly groups: readonly Group[]; readonly everyone: readonly Everyone[] }
  | { readonly kind: 'results'; readonly groups: readonly Group[] }
  | { readonly kind: 'message'; readonly text: string };

const messageItem = (label: string): GroupItem => ({ label, alwaysShow: true });

/** The rows of some choices. A part of the id tells groups of one name apart. */
function choiceItems(choices: readonly Choice[], all: readonly Choice[]): readonly GroupItem[] {
  const plain = ({ name }: Group): string => name.trim().toLocaleLowerCase();
  const names = Map.groupBy(all.filter(isGroup), plain);
  return choices.map(choice =>
    isGroup(choice) ? groupItem(choice, (names.get(plain(choice))?.length ?? 0) > 1) : everyoneItem(choice.id),
  );
}

const under = (title: string, items: readonly GroupItem[]): readonly GroupItem[] => (items.length > 0 ? [separator(title), ...items] : []);

/** All rows: what is picked first, then what was found and is not picked. */
export function groupItems(picked: readonly Choice[], found: Found): readonly GroupItem[] {
  const pickedIds = new Set<string>(picked.map(({ id }) => id));
  const isOther = ({ id }: Choice): boolean => !pickedIds.has(id);
  const groups = found.kind === 'message' ? [] : found.groups.filter(isOther);
  const everyone = found.kind === 'recent' ? found.everyone.map(id => ({ id })).filter(isOther) : [];
  const all = [...picked, ...groups];
  // Each row has a box to check, which a hint has no use for where anything else is there.
  const start = found.kind === 'recent' && all.length + everyone.length === 0;
  return [
    ...under(l10n.t('Selected'), choiceItems(picked, all)),
    ...under(found.kind === 'recent' ? l10n.t('Recently used') : l10n.t('Groups'), choiceItems(groups, all)),
    ...under(l10n.t('Everyone'), choiceItems(everyone, all)),
    ...(found.kind === 'message' ? under('', [messageItem(found.text)]) : []),
    ...(start ? under('', [messageItem(l10n.t('Type the start of a word in a group’s name'))]) : []),
  ];
}
