import { l10n } from 'vscode';
import { hasPassed, type Schedule } from '../../intune/model/schedule.ts';

/** `09:00:00` is said as 09:00; seconds only where there are some. */
export const clockTime = (time: string): string => time.replace(/^(\d{2}:\d{2}):00$/, '$1');

function hourly(interval: number): string {
  return interval === 1 ? l10n.t('Every hour') : l10n.t('Every {0} hours', interval);
}

function daily(interval: number, time: string, utc: boolean): string {
  if (interval === 1) return utc ? l10n.t('Every day at {0} UTC', time) : l10n.t('Every day at {0}, device time', time);
  return utc ? l10n.t('Every {0} days at {1} UTC', interval, time) : l10n.t('Every {0} days at {1}, device time', interval, time);
}

function once(schedule: Schedule & { readonly kind: 'once' }, now: number): string {
  const time = clockTime(schedule.time);
  const words = schedule.utc
    ? l10n.t('Once on {0} at {1} UTC', schedule.date, time)
    : l10n.t('Once on {0} at {1}, device time', schedule.date, time);
  return hasPassed(schedule, now) ? l10n.t('{0} (passed)', words) : words;
}

/** A schedule in words. `now` is in milliseconds since the epoch. */
export function scheduleWords(schedule: Schedule, now: number): string {
  switch (schedule.kind) {
    case 'hourly':
      return hourly(schedule.interval);
    case 'daily':
      return daily(schedule.interval, clockTime(schedule.time), schedule.utc);
    case 'once':
      return once(schedule, now);
  }
}
