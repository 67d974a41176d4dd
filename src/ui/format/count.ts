import { l10n } from 'vscode';

const number = new Intl.NumberFormat('en');

/** "1,204". */
export const amount = (count: number): string => number.format(count);

/** "1 script", "12 scripts". */
export const scriptCount = (count: number): string => (count === 1 ? l10n.t('1 script') : l10n.t('{0} scripts', count));

/** "1 group", "3 groups". */
export const groupCount = (count: number): string => (count === 1 ? l10n.t('1 group') : l10n.t('{0} groups', count));

/** "1 target", "3 targets": groups and others. */
export const targetCount = (count: number): string => (count === 1 ? l10n.t('1 target') : l10n.t('{0} targets', count));

/** "1 excluded group", "3 excluded groups". */
export const excludedCount = (count: number): string => (count === 1 ? l10n.t('1 excluded group') : l10n.t('{0} excluded groups', count));

/** "1 deleted group", "3 deleted groups". */
export const deletedGroupCount = (count: number): string => (count === 1 ? l10n.t('1 deleted group') : l10n.t('{0} deleted groups', count));

/** "1 assignment", "3 assignments". */
export const assignmentCount = (count: number): string => (count === 1 ? l10n.t('1 assignment') : l10n.t('{0} assignments', count));

/** What stands between the parts of a description. */
const separator = ' · ';

/** The parts that say something, in one line. */
export const inOneLine = (parts: readonly (string | undefined)[]): string =>
  parts.filter(part => part !== undefined && part !== '').join(separator);

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
