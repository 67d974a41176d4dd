import { l10n } from 'vscode';
import { hasPassed, mostDays, mostHours, type Schedule } from '../intune/model/schedule.ts';
import { draftOf, parseDate, parseInterval, parseTime, type ScheduleDraft, scheduleOf } from '../intune/model/scheduleDraft.ts';
import { clockTime } from './format/assignment.ts';
import type { AskText, TextQuestion } from './inputBox.ts';
import type { Answer, PickOne, PickRow } from './quickPick.ts';
import { askInSteps, type Step } from './wizard.ts';

/** How questions are put before the user. */
export interface Questions {
  readonly pickOne: PickOne;
  readonly askText: AskText;
}

/** What the steps are made of. `now` is in milliseconds since the epoch. */
export interface StepParts extends Questions {
  readonly title: string;
  readonly now: number;
}

type ScheduleStep = (parts: StepParts) => Step<ScheduleDraft>;
type Choice<Value> = PickRow<Value> & { readonly kind: 'choice' };

/** The rows, what holds now first. */
const firstOf = <Value>(rows: readonly Choice<Value>[], now: Value): readonly Choice<Value>[] => [
  ...rows.filter(({ value }) => value === now),
  ...rows.filter(({ value }) => value !== now),
];

const taken = <Value>(answer: Answer<Value>, take: (value: Value) => ScheduleDraft): Answer<ScheduleDraft> =>
  answer?.kind === 'picked' ? { kind: 'picked', value: take(answer.value) } : answer;

const kindStep: ScheduleStep =
  ({ pickOne, title }) =>
  async (draft, options) => {
    const rows: readonly Choice<ScheduleDraft['kind']>[] = [
      { kind: 'choice', label: l10n.t('Daily'), description: l10n.t('every day or every few days, at a time'), value: 'daily' },
      { kind: 'choice', label: l10n.t('Hourly'), description: l10n.t('every 1 to {0} hours', mostHours), value: 'hourly' },
      { kind: 'choice', label: l10n.t('Once'), description: l10n.t('on a date, at a time'), value: 'once' },
    ];
    const words = { title, placeholder: l10n.t('How often does it run?') };
    return taken(await pickOne(firstOf(rows, draft.kind), words, options), kind => ({ ...draft, kind }));
  };

/** A question for a whole number. */
const numberQuestion = (title: string, prompt: string, initial: number, most: number): TextQuestion<number> => ({
  title,
  prompt,
  initial: String(initial),
  parse: text => parseInterval(text, most),
  problem: () => l10n.t('Enter a whole number from 1 to {0}.', most),
});

const hoursStep: ScheduleStep =
  ({ askText, title }) =>
  async (draft, options) => {
    const question = numberQuestion(title, l10n.t('Hours from one run to the next'), draft.hours, mostHours);
    return taken(await askText(question, options), hours => ({ ...draft, hours }));
  };

const daysStep: ScheduleStep =
  ({ askText, title }) =>
  async (draft, options) => {
    const question = numberQuestion(title, l10n.t('Days from one run to the next (1 is every day)'), draft.days, mostDays);
    return taken(await askText(question, options), days => ({ ...draft, days }));
  };

/** The last moment of a day that still is that day somewhere. */
const endOf = (date: string): Schedule => ({ kind: 'once', date, time: '23:59:59', utc: false });

const dateStep: ScheduleStep =
  ({ askText, title, now }) =>
  async (draft, options) => {
    const parse = (text: string): string | undefined => {
      const date = parseDate(text);
      return date !== undefined && !hasPassed(endOf(date), now) ? date : undefined;
    };
    const problem = (text: string): string =>
      parseDate(text) === undefined
        ? l10n.t('Enter a date as year, month and day, such as {0}.', draft.date)
        : l10n.t('This date has passed.');
    const question = { title, prompt: l10n.t('Date of the run (year-month-day)'), initial: draft.date, parse, problem };
    return taken(await askText(question, options), date => ({ ...draft, date }));
  };

const timeStep: ScheduleStep =
  ({ askText, title, now }) =>
  async (draft, options) => {
    const parse = (text: string): string | undefined => {
      const time = parseTime(text);
      return time !== undefined && !hasPassed(scheduleOf({ ...draft, time, utc: false }), now) ? time : undefined;
    };
    const problem = (text: string): string =>
      parseTime(text) === undefined ? l10n.t('Enter a time, such as 09:00 or 21:30.') : l10n.t('This time has passed.');
    const question = { title, prompt: l10n.t('Time of the day'), initial: clockTime(draft.time), parse, problem };
    return taken(await askText(question, options), time => ({ ...draft, time }));
  };

/** Of a run that is over in UTC but not everywhere, only device time is left. */
const clockStep: ScheduleStep =
  ({ pickOne, title, now }) =>
  async (draft, options) => {
    const rows: readonly Choice<boolean>[] = [
      { kind: 'choice', label: l10n.t('Device time'), description: l10n.t('at this time of each device'), value: false },
      { kind: 'choice', label: l10n.t('UTC'), description: l10n.t('at the same moment everywhere'), value: true },
    ];
    const open = firstOf(rows, draft.utc).filter(({ value }) => !hasPassed(scheduleOf({ ...draft, utc: value }), now));
    const words = { title, placeholder: l10n.t('Whose {0} is meant?', clockTime(draft.time)) };
    return taken(await pickOne(open, words, options), utc => ({ ...draft, utc }));
  };

const stepsOf = {
  hourly: [kindStep, hoursStep],
  daily: [kindStep, daysStep, timeStep, clockStep],
  once: [kindStep, dateStep, timeStep, clockStep],
} as const;

/** Asks for a schedule in steps, `current` first in each. Undefined when any of them is left. */
export async function askSchedule(parts: StepParts & { readonly current: Schedule; readonly back?: boolean }): Promise<Answer<Schedule>> {
  const { current, now, back = false } = parts;
  const answer = await askInSteps(draftOf(current, now), ({ kind }) => stepsOf[kind].map(step => step(parts)), { back });
  return answer?.kind === 'picked' ? { kind: 'picked', value: scheduleOf(answer.value) } : answer;
}
