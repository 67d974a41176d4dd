import { l10n } from 'vscode';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago a moment was, as exactly as it matters: "3 hours ago". Both in milliseconds since the epoch. */
export function ageWords(moment: number, now: number): string {
  const age = now - moment;
  if (age < 2 * minute) return l10n.t('just now');
  if (age < 2 * hour) return l10n.t('{0} minutes ago', Math.floor(age / minute));
  return age < 2 * day ? l10n.t('{0} hours ago', Math.floor(age / hour)) : l10n.t('{0} days ago', Math.floor(age / day));
}
