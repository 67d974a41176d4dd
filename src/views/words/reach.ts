import { l10n } from 'vscode';
import type { Reach } from '../../intune/read/memberCount.ts';

const number = new Intl.NumberFormat('en');

/** On how many a group has an effect. */
export function reachWords({ devices, users }: Reach): string {
  if (devices === undefined && users === undefined) return l10n.t('unknown number of devices and users');
  const deviceWords =
    devices === undefined
      ? l10n.t('unknown number of devices')
      : devices === 1
        ? l10n.t('1 device')
        : l10n.t('{0} devices', number.format(devices));
  const userWords =
    users === undefined ? l10n.t('unknown number of users') : users === 1 ? l10n.t('1 user') : l10n.t('{0} users', number.format(users));
  if (devices === 0 && users === 0) return l10n.t('empty');
  if (devices === 0) return userWords;
  return users === 0 ? deviceWords : l10n.t('{0}, {1}', deviceWords, userWords);
}
