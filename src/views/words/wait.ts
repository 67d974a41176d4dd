import { l10n } from 'vscode';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Rounded up: who comes back earlier is refused again. */
const units = (ms: number, unit: number): number => Math.max(1, Math.ceil(ms / unit));

/** How long to wait, in the unit that people would use: "30 seconds", "2 minutes", "24 hours". `ms` is in milliseconds. */
export function waitWords(ms: number): string {
  if (ms <= 1_000) return l10n.t('1 second');
  if (ms <= minute) return l10n.t('{0} seconds', units(ms, 1_000));
  if (ms <= hour) return l10n.t('{0} minutes', units(ms, minute));
  return ms <= 2 * day ? l10n.t('{0} hours', units(ms, hour)) : l10n.t('{0} days', units(ms, day));
}
