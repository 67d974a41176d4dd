import { l10n } from 'vscode';
import type { KnownGroup } from '../../intune/model/group.ts';
import { visibleName } from '../plainText.ts';

/** What is known of groups, by id in lower case. One that is not in here is still being asked for. */
export type KnownGroups = ReadonlyMap<string, KnownGroup>;

export type GroupStatus = KnownGroup['status'] | 'loading';

/** What is known of one group. */
export const groupStatus = (groups: KnownGroups, id: string): GroupStatus => groups.get(id)?.status ?? 'loading';

/** What a group is called; words in place of a name that is not known. Never an id. */
export function groupLabel(groups: KnownGroups, id: string): string {
  const group = groups.get(id);
  switch (group?.status) {
    case undefined:
      return l10n.t('Loading name…');
    case 'deleted':
      return l10n.t('Deleted group');
    case 'unreadable':
      return l10n.t('Name not readable');
    case 'named':
      return visibleName(group.name) ?? l10n.t('Group without a name');
  }
}

/** The start of an id, to tell equal names apart. */
export const shortId = (id: string): string => id.slice(0, 8);

/** What a group that is deleted was called, as far as that is known; else the start of its id. */
export const deletedGroupName = (groups: KnownGroups, id: string): string => visibleName(groups.get(id)?.name) ?? shortId(id);
