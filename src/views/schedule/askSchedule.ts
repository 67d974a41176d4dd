import type { Schedule } from '../../intune/model/schedule.ts';
import { draftOf, scheduleOf } from '../../intune/model/scheduleDraft.ts';
import type { Answer } from '../scriptPicker/pickRow.ts';
import { askInSteps } from './askInSteps.ts';
import { clockStep, dateStep, daysStep, hoursStep, kindStep, type StepParts, timeStep } from './scheduleSteps.ts';

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
