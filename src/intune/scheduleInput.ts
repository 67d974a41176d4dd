import { isRealDate } from './schedule.ts';

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
