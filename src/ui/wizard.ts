import type { Answer, StepOptions } from './quickPick.ts';

/** One question of several: takes what was said so far, and adds to it. */
export type Step<Draft> = (draft: Draft, options: StepOptions) => Promise<Answer<Draft>>;

/**
 * Asks one question after the other, with a way back and a count. Which questions there are may depend on what was said.
 * Undefined as soon as one is left; `back` where the first one was gone back from.
 */
export async function askInSteps<Draft>(
  draft: Draft,
  stepsOf: (draft: Draft) => readonly Step<Draft>[],
  { back = false }: Pick<StepOptions, 'back'> = {},
): Promise<Answer<Draft>> {
  let current = draft;
  for (let index = 0; ; ) {
    const steps = stepsOf(current);
    const step = steps[index];
    if (!step) return { kind: 'picked', value: current };
    const answer = await step(current, { back: back || index > 0, step: index + 1, totalSteps: steps.length });
    if (answer?.kind === 'picked') {
      current = answer.value;
      index += 1;
    } else if (answer && index > 0) {
      index -= 1;
    } else {
      return answer;
    }
  }
}
