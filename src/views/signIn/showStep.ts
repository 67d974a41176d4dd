import * as vscode from 'vscode';
import { type Answer, back, closed, type Step } from './answer.ts';

/** Shows a quick pick or an input box as one step of several, or alone, until `accept` yields an answer, Back is pressed or it is closed. */
export const showStep = <Input extends vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox, Value>(
  input: Input,
  place: Step | undefined,
  accept: () => Answer<Value> | undefined,
): Promise<Answer<Value>> =>
  new Promise(resolve => {
    input.step = place?.step;
    input.totalSteps = place?.totalSteps;
    // The ids are copied from another window: a step must outlive the loss of focus.
    input.ignoreFocusOut = true;
    input.buttons = (place?.step ?? 1) > 1 ? [vscode.QuickInputButtons.Back] : [];
    const end = (answer: Answer<Value> | undefined): void => {
      if (!answer) return;
      resolve(answer);
      input.dispose();
    };
    input.onDidTriggerButton(button => end(button === vscode.QuickInputButtons.Back ? back : undefined));
    input.onDidAccept(() => end(accept()));
    input.onDidHide(() => end(closed));
    input.show();
  });
