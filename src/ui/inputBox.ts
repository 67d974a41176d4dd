import { QuickInputButtons, window } from 'vscode';
import { withoutIcons, withoutLinks } from './plainText.ts';
import type { Answer, StepOptions } from './quickPick.ts';

/** A question that is answered by typing. All texts are plain. */
export interface TextQuestion<Value> {
  readonly title: string;
  readonly prompt: string;
  /** What is in the box from the start, selected, so that typing replaces it. */
  readonly initial: string;
  /** What a text means. */
  readonly parse: (text: string) => Value | undefined;
  /** What is wrong with a text that `parse` does not take. */
  readonly problem: (text: string) => string;
}

/** Asks for a text that means something; it is looked at with each key. */
export type AskText = <Value>(question: TextQuestion<Value>, options?: StepOptions) => Promise<Answer<Value>>;

/** Input boxes show links and icons in what they say. */
const harmless = (text: string): string => withoutIcons(withoutLinks(text));

/** A text, by VS Code's input box. */
export const askText: AskText = async ({ title, prompt, initial, parse, problem }, { back = false, step, totalSteps } = {}) => {
  const box = window.createInputBox();
  box.title = title;
  box.prompt = harmless(prompt);
  box.value = initial;
  box.valueSelection = [0, initial.length];
  box.ignoreFocusOut = true;
  box.step = step;
  box.totalSteps = totalSteps;
  if (back) box.buttons = [QuickInputButtons.Back];
  const check = (): void => {
    box.validationMessage = parse(box.value) === undefined ? harmless(problem(box.value)) : undefined;
  };
  try {
    return await new Promise(resolve => {
      box.onDidChangeValue(check);
      box.onDidTriggerButton(() => resolve({ kind: 'back' }));
      box.onDidAccept(() => {
        const value = parse(box.value);
        check();
        if (value !== undefined) resolve({ kind: 'picked', value });
      });
      box.onDidHide(() => resolve(undefined));
      box.show();
    });
  } finally {
    box.dispose();
  }
};
