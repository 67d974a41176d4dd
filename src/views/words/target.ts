import { l10n } from 'vscode';
import type { Target, TargetKind } from '../../intune/model/target.ts';
import { plainText } from '../plainText.ts';
import { groupLabel, type KnownGroups } from './group.ts';

/** Whom a target reaches, by name. An excluded group is named as any other: see {@link isExclusion}. */
export function targetLabel(target: Target, groups: KnownGroups): string {
  switch (target.kind) {
    case 'group':
    case 'exclusionGroup':
      return groupLabel(groups, target.groupId ?? '');
    case 'allDevices':
      return l10n.t('All devices');
    case 'allUsers':
      return l10n.t('All users');
    case 'collection':
      return l10n.t('Configuration Manager collection {0}', plainText(target.collectionId ?? ''));
    case 'other':
      return l10n.t('Another kind of target');
  }
}

/** Whether a target takes devices or users out. */
export const isExclusion = (target: Target): boolean => target.kind === 'exclusionGroup';

/** Whom a target reaches or leaves out, in one phrase, such as for a review or a warning. */
export function targetWords(target: Target, groups: KnownGroups): string {
  const name = targetLabel(target, groups);
  return isExclusion(target) ? l10n.t('all but {0}', name) : name;
}

/** Product icons of targets. */
export const targetIcons: Readonly<Record<TargetKind, string>> = {
  group: 'organization',
  exclusionGroup: 'circle-slash',
  allDevices: 'device-desktop',
  allUsers: 'account',
  collection: 'server',
  other: 'question',
};
