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

/** What the portal offers first for a new assignment of a remediation: every day. */
export const defaultSchedule: Schedule = { kind: 'daily', interval: 1, time: '09:00:00', utc: false };

/** The schedule as it is written to Microsoft Graph. */
export function scheduleToWire(schedule: Schedule): Record<string, unknown> {
  const type = { '@odata.type': types[schedule.kind] };
  if (schedule.kind === 'hourly') return { ...type, interval: schedule.interval };
  const time = { time: schedule.time, useUtc: schedule.utc };
  return schedule.kind === 'daily'
    ? { ...type, interval: schedule.interval, ...time }
    : { ...type, interval: 1, date: schedule.date, ...time };
}

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

/** Whether a schedule has passed. For device time, the latest zone on Earth (UTC−12) is waited for. */
export function hasPassed(schedule: Schedule, now: number): boolean {
  if (schedule.kind !== 'once') return false;
  const utc = Date.parse(`${schedule.date}T${schedule.time}Z`);
  return Number.isFinite(utc) && utc + (schedule.utc ? 0 : 12 * 3_600_000) < now;
}
