import { defaultSchedule, hasPassed, isRealDate, type Schedule } from './schedule.ts';

/** A schedule that is being made: what was said for one kind is still there after a look at another. */
export interface ScheduleDraft {
  readonly kind: Schedule['kind'];
  readonly hours: number;
  readonly days: number;
  readonly date: string;
  readonly time: string;
  readonly utc: boolean;
}

const day = 24 * 3_600_000;

/** The next day, here and in UTC, as `YYYY-MM-DD`: where one is ahead of the other, that one has not begun in either. */
function tomorrow(now: number): string {
  const utc = new Date(now + day).toISOString();
  const here = new Date(now + day - new Date(now).getTimezoneOffset() * 60_000).toISOString();
  return (utc > here ? utc : here).slice(0, 10);
}

/** What is offered first: what there is now, and the portal's defaults for the rest. A date that has passed is never offered again. */
export function draftOf(schedule: Schedule, now: number): ScheduleDraft {
  const timed = schedule.kind === 'hourly' ? defaultSchedule : schedule;
  return {
    kind: schedule.kind,
    hours: schedule.kind === 'hourly' ? schedule.interval : 1,
    days: schedule.kind === 'daily' ? schedule.interval : 1,
    date: schedule.kind === 'once' && !hasPassed(schedule, now) ? schedule.date : tomorrow(now),
    time: timed.time,
    utc: timed.utc,
  };
}

/** The schedule that a draft stands for. */
export function scheduleOf({ kind, hours, days, date, time, utc }: ScheduleDraft): Schedule {
  switch (kind) {
    case 'hourly':
      return { kind, interval: hours };
    case 'daily':
      return { kind, interval: days, time, utc };
    case 'once':
      return { kind, date, time, utc };
  }
}

/** A whole number from 1 to `most`, as a person types it; undefined for anything else. */
export function parseInterval(text: string, most: number): number | undefined {
  const digits = text.trim();
  const value = /^\d{1,6}$/.test(digits) ? Number(digits) : 0;
  return value >= 1 && value <= most ? value : undefined;
}

const twoDigits = (value: number | string): string => String(value).padStart(2, '0');

/** The hour of the day that a twelve-hour clock means. */
function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour < 24 ? hour : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half === 'p' ? 12 : 0);
}

/** A time of the day as `HH:MM:SS`, of what a person types: 9, 9:30, 09.30, 21:30:15, 9:30 pm. Undefined for anything else. */
export function parseTime(text: string): string | undefined {
  const match = /^(\d{1,2})(?:[:.]([0-5]\d))?(?:[:.]([0-5]\d))?\s*(?:([ap])\.?m\.?)?$/i.exec(text.trim());
  if (!match) return undefined;
  const [, hours = '', minutes = '00', seconds = '00', half] = match;
  const hour = hourOf(Number(hours), half?.toLowerCase());
  return hour === undefined ? undefined : [twoDigits(hour), minutes, seconds].join(':');
}

/** A day of the calendar as `YYYY-MM-DD`; zeros may be left out. Undefined for anything else: days and months in another order are a guess. */
export function parseDate(text: string): string | undefined {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim()) ?? [];
  const date = [year, twoDigits(month), twoDigits(day)].join('-');
  return isRealDate(date) ? date : undefined;
}
