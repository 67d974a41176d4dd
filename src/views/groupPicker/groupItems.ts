import { l10n, type QuickPickItem, QuickPickItemKind } from 'vscode';
import type { Group } from '../../intune/group.ts';
import { plainText, visibleName, withoutIcons } from '../plainText.ts';
import { shortId } from '../words/group.ts';
import { inOneLine } from '../words/list.ts';

/** A row of the group picker. Rows without a group are separators and messages. */
export interface GroupItem extends QuickPickItem {
  readonly group?: Group;
}

/** Intune cannot target mail lists without security. */
export const isAssignable = ({ type }: Group): boolean => type !== 'distribution';

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

/** The row of a group. `sameName` says that another group is called the same, so that a part of the id tells them apart. */
export function groupItem(group: Group, sameName: boolean): GroupItem {
  const refusal = isAssignable(group) ? undefined : l10n.t('Intune cannot assign scripts to distribution lists.');
  const detail = refusal ?? (group.description && plainText(group.description));
  return {
    label: withoutIcons(groupTitle(group)),
    description: withoutIcons(inOneLine([...typeWords(group), sameName ? shortId(group.id) : undefined])),
    ...(detail && { detail: withoutIcons(detail) }),
    alwaysShow: true,
    group,
  };
}

const separator = (label: string): GroupItem => ({ label, kind: QuickPickItemKind.Separator });

/** What is shown below the picked groups. */
export type Found =
  | { readonly kind: 'recent' | 'results'; readonly groups: readonly Group[] }
  | { readonly kind: 'message'; readonly text: string };

/** All rows: the picked groups first, then what was found and is not picked. */
export function groupItems(picked: readonly Group[], found: Found): readonly GroupItem[] {
  const pickedIds = new Set(picked.map(({ id }) => id));
  const others = found.kind === 'message' ? [] : found.groups.filter(({ id }) => !pickedIds.has(id));
  const names = Map.groupBy([...picked, ...others], ({ name }) => name.trim().toLocaleLowerCase());
  const item = (group: Group): GroupItem => groupItem(group, (names.get(group.name.trim().toLocaleLowerCase())?.length ?? 0) > 1);
  const title = found.kind === 'recent' ? l10n.t('Recently used') : l10n.t('Groups');
  return [
    ...(picked.length > 0 ? [separator(l10n.t('Selected')), ...picked.map(item)] : []),
    ...(others.length > 0 ? [separator(title), ...others.map(item)] : []),
    ...(found.kind === 'message' ? [separator(''), { label: found.text, alwaysShow: true }] : []),
  ];
}
