import assert from 'node:assert/strict';
import type { AskText } from '../../../src/ui/inputBox.ts';
import type { PickOne } from '../../../src/ui/quickPick.ts';
import type { Questions } from '../../../src/ui/schedulePicker.ts';

/** Enter, without choosing or typing anything; back; or leaving the question. Any other text is the label of a row, or is typed. */
export const enter = Symbol('Enter');
export const back = Symbol('Back');
export const leave = Symbol('Escape');
export type Reply = string | typeof enter | typeof back | typeof leave;

/** Questions that are answered in turn, with what was asked and said, and how the first row was described. A text that the box refuses is followed by the next one, as a person would. */
export function answering(
  ...replies: readonly Reply[]
): Questions & { readonly asked: string[]; readonly said: string[]; readonly described: string[] } {
  const left = [...replies];
  const asked: string[] = [];
  const said: string[] = [];
  const described: string[] = [];
  const next = (): Reply => left.shift() ?? assert.fail(`nobody answers: ${asked.at(-1)}`);
  const pickOne: PickOne = async (rows, { placeholder }, { step, totalSteps, back: canGoBack = false } = {}) => {
    const choices = rows.filter(row => row.kind === 'choice');
    asked.push(`${placeholder}${step === undefined ? '' : ` (${step}/${totalSteps})`}: ${choices.map(({ label }) => label).join(' | ')}`);
    described.push(choices[0]?.description ?? '');
    const reply = next();
    if (reply === leave) return undefined;
    if (reply === back) {
      assert.ok(canGoBack, 'there is no way back');
      return { kind: 'back' };
    }
    const row = reply === enter ? choices[0] : choices.find(({ label }) => label === reply);
    assert.ok(row, `no row ${String(reply)} in ${asked.at(-1)}`);
    return { kind: 'picked', value: row.value };
  };
  const askText: AskText = async ({ prompt, initial, parse, problem }, { step, totalSteps, back: canGoBack = false } = {}) => {
    asked.push(`${prompt} (${step}/${totalSteps}): ${initial}`);
    for (;;) {
      const reply = next();
      if (reply === leave) return undefined;
      if (reply === back) {
        assert.ok(canGoBack, 'there is no way back');
        return { kind: 'back' };
      }
      const text = reply === enter ? initial : reply;
      const value = parse(text);
      if (value !== undefined) return { kind: 'picked', value };
      said.push(problem(text));
    }
  };
  return { pickOne, askText, asked, said, described };
}
