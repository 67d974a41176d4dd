import * as vscode from 'vscode';
import { idProblem, parseGuid } from '../../base/guid.ts';
import { type Answer, answered, type Step } from './answer.ts';
import { showStep } from './showStep.ts';

const problemWords = (text: string, orDomain: boolean): string | undefined => {
  const problem = idProblem(text);
  if (problem === 'empty') return vscode.l10n.t('Enter an ID.');
  if (problem === 'domain') return vscode.l10n.t('This is a name. Enter the ID that the Entra admin center shows for it, which is a GUID.');
  if (problem === 'notGuid' && orDomain) return vscode.l10n.t('Enter a GUID, or a domain such as contoso.com.');
  if (problem === 'notGuid') return vscode.l10n.t('Enter a GUID, such as 00000000-0000-0000-0000-000000000000.');
  return undefined;
};

/** Asks for a GUID. Spaces and braces around it are accepted; `refuse` may have words against one. */
export const askId = (parts: {
  readonly title: string;
  readonly step: Step;
  readonly prompt: string;
  readonly initial: string;
  readonly refuse?: (id: string) => string | undefined;
  /** Whether the name of a domain is an answer too; it comes back in lower case. */
  readonly orDomain?: boolean;
}): Promise<Answer<string>> => {
  const box = vscode.window.createInputBox();
  box.title = parts.title;
  box.prompt = parts.prompt;
  box.placeholder = '00000000-0000-0000-0000-000000000000';
  box.value = parts.initial;
  const domain = (): string | undefined =>
    parts.orDomain && idProblem(box.value) === 'domain' ? box.value.trim().replace(/^.*@/, '').toLowerCase() : undefined;
  const check = (): string | undefined =>
    domain() ? undefined : (problemWords(box.value, parts.orDomain ?? false) ?? parts.refuse?.(parseGuid(box.value) ?? ''));
  // Nothing is said about an id that is not entered yet, only about one that is there or was accepted.
  box.onDidChangeValue(() => {
    box.validationMessage = box.value.trim() === '' ? undefined : check();
  });
  return showStep(box, parts.step, () => {
    box.validationMessage = check();
    const id = parseGuid(box.value) ?? domain();
    return id !== undefined && box.validationMessage === undefined ? answered(id) : undefined;
  });
};
