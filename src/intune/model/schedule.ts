import { spell } from '../../base/canonicalJson.ts';

/** When a remediation runs. Times are `HH:MM:SS`, dates `YYYY-MM-DD`; in UTC, else in the device's own time. */
export type Schedule =
  | { readonly kind: 'hourly'; readonly interval: number }
  | { readonly kind: 'daily'; readonly interval: number; readonly time: string; readonly utc: boolean }
  | { readonly kind: 'once'; readonly date: string; readonly time: string; readonly utc: boolean };

const types = {
  hourly: '#microsoft.graph.deviceHealthScriptHourlySchedule',
  daily: '#microsoft.graph.deviceHealthScriptDailySchedule',
  once: '#microsoft.graph.deviceHealthScriptRunOnceSchedule',
} as const;

/** Hours between two runs are fewer than a day has (MicrosoftDocs/memdocs, deploy-remediations.md). */
export const mostHours = 23;

/** Days between two runs. The service names no limit; what is longer than this is a slip of the keyboard. */
export const mostDays = 999;

/** What the portal offers first for a new assignment of a remediation: every day. */
export const defaultSchedule = { kind: 'daily', interval: 1, time: '09:00:00', utc: false } as const satisfies Schedule;

/** The schedule as it is written to Microsoft Graph. */
export function scheduleToWire(schedule: Schedule): Record<string, unknown> {
  const type = { '@odata.type': types[schedule.kind] };
  if (schedule.kind === 'hourly') return { ...type, interval: schedule.interval };
  const time = { time: schedule.time, useUtc: schedule.utc };
  return schedule.kind === 'daily'
    ? { ...type, interval: schedule.interval, ...time }
    : { ...type, interval: 1, date: schedule.date, ...time };
}

/** The schedule as it is written in place of one that was read: what this version does not know of that stays, where it is of the same kind. */
export function scheduleInPlaceOf(read: unknown, schedule: Schedule): Record<string, unknown> {
  const kept = scheduleFromWire(read)?.kind === schedule.kind ? unknownScheduleKeys(read) : {};
  return { ...kept, ...scheduleToWire(schedule) };
}

/** Whether two schedules are the same. */
export const sameSchedule = (a: Schedule | undefined, b: Schedule | undefined): boolean =>
  JSON.stringify(spell(a)) === JSON.stringify(spell(b));

/** `Edm.TimeOfDay` comes with up to seven decimals, or none. */
const wholeSeconds = (time: unknown): string => (typeof time === 'string' ? time.replace(/\.\d*$/, '') : '00:00:00');

const wholeNumber = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 1);

/** What a schedule that was read means; undefined for none and for a type that this version does not know. */
export function scheduleFromWire(wire: unknown): Schedule | undefined {
  if (typeof wire !== 'object' || wire === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(wire));
  const type = String(fields.get('@odata.type') ?? '').replace(/^#?/, '#');
  const interval = wholeNumber(fields.get('interval'));
  const time = wholeSeconds(fields.get('time'));
  const utc = fields.get('useUtc') === true;
  if (type === types.hourly) return { kind: 'hourly', interval };
  if (type === types.daily) return { kind: 'daily', interval, time, utc };
  if (type === types.once) return { kind: 'once', date: String(fields.get('date') ?? '').slice(0, 10), time, utc };
  return undefined;
}

const understood = new Set(['@odata.type', 'interval', 'time', 'useUtc', 'date']);

/** Whether a value of a schedule is read as something else than it is. */
const isMisread = (key: string, value: unknown): boolean =>
  (key === 'interval' && value !== null && typeof value !== 'number') ||
  (key === 'time' && typeof value === 'string' && /\.\d*[1-9]/.test(value));

/** What a schedule of a known kind says beside what this version understands. */
export const unknownScheduleKeys = (wire: unknown): Record<string, unknown> =>
  typeof wire === 'object' && wire !== null
    ? Object.fromEntries(Object.entries(wire).filter(([key, value]) => !understood.has(key) || isMisread(key, value)))
    : {};

/** Whether a schedule has passed. For device time, the latest zone on Earth (UTC−12) is waited for. */
export function hasPassed(schedule: Schedule, now: number): boolean {
  if (schedule.kind !== 'once') return false;
  const utc = Date.parse(`${schedule.date}T${schedule.time}Z`);
  return Number.isFinite(utc) && utc + (schedule.utc ? 0 : 12 * 3_600_000) < now;
}

/** Whether a moment in device time has passed by the clock of this computer, and so on devices near it, but not everywhere. */
export function hasPassedHere(schedule: Schedule, now: number): boolean {
  if (schedule.kind !== 'once' || schedule.utc || hasPassed(schedule, now)) return false;
  // Without a zone, it is the time of this computer.
  return Date.parse(`${schedule.date}T${schedule.time}`) < now;
}

/** What keeps a schedule from being written anew. One that was read is kept as it is, whatever this says of it. */
export type ScheduleProblem = 'interval' | 'date' | 'time' | 'past';

/** Whether a text is a day of the calendar, as `YYYY-MM-DD`. */
export function isRealDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  // JavaScript takes the 31st of a month of 30 days for the first of the next.
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
}

const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(text);

const isInterval = (interval: number, most: number): boolean => Number.isInteger(interval) && interval >= 1 && interval <= most;

/** Why a schedule cannot be written, first things first; undefined where it can. `now` is in milliseconds since the epoch. */
export function scheduleProblem(schedule: Schedule, now: number): ScheduleProblem | undefined {
  if (schedule.kind === 'hourly') return isInterval(schedule.interval, mostHours) ? undefined : 'interval';
  if (schedule.kind === 'daily' && !isInterval(schedule.interval, mostDays)) return 'interval';
  if (schedule.kind === 'once' && !isRealDate(schedule.date)) return 'date';
  if (!isTime(schedule.time)) return 'time';
  return hasPassed(schedule, now) ? 'past' : undefined;
}
