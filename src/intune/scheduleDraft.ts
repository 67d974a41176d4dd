import { defaultSchedule, hasPassed, type Schedule } from './schedule.ts';

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
