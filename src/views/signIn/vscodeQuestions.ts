import * as vscode from 'vscode';
import type { CloudId } from '../../graph/clouds.ts';
import { errorWords } from '../errorWords.ts';
import { say, sayError } from '../say.ts';
import { askId } from './askId.ts';
import { askTiers } from './askTiers.ts';
import { askWay } from './askWay.ts';
import type { SetUpQuestions } from './questions.ts';

const openScript = async (script: { readonly language: string; readonly text: string }): Promise<boolean> => {
  const document = await vscode.workspace.openTextDocument({ language: script.language, content: script.text });
  await vscode.window.showTextDocument(document, { preview: false });
  const enter = vscode.l10n.t('Enter IDs');
  const message = vscode.l10n.t('Read the script, save it, and run it in a terminal. It prints the client ID and the tenant ID.');
  return (await say(message, enter)) === enter;
};

const done = async (): Promise<'signIn' | 'consent' | undefined> => {
  const signIn = vscode.l10n.t('Sign In');
  const consent = vscode.l10n.t('Open Consent Page');
  const message = vscode.l10n.t('Sign-in is set up. An administrator must consent once for the tenant before anybody can sign in.');
  // In the order in which they are done: the first is the button that stands out.
  const choice = await say(message, consent, signIn);
  if (choice === signIn) return 'signIn';
  return choice === consent ? 'consent' : undefined;
};

const noTenant = async (domain: string, error?: unknown): Promise<void> => {
  await sayError(
    error === undefined
      ? vscode.l10n.t('{0} belongs to no tenant of this cloud. Check the name and the setting {1}.', domain, 'intuneScripts.cloud')
      : errorWords(error, vscode.l10n.t('The tenant of {0} could not be looked up.', domain)).message,
  );
};

const notSaved = async (error: unknown): Promise<void> => {
  const reason = error instanceof Error ? error.message : String(error);
  await sayError(vscode.l10n.t('The IDs could not be saved to your settings, which are as before. {0}', reason));
};

/** The questions of Set Up Sign-In as VS Code's own quick picks, input boxes and notifications. */
export const createVSCodeQuestions = (settings: () => { readonly cloud: CloudId; readonly readOnly: boolean }): SetUpQuestions => {
  const title = vscode.l10n.t('Set Up Sign-In');
  return {
    way: step => askWay({ title, step, cloud: settings().cloud }),
    tiers: (step, way) =>
      askTiers({
        title,
        step,
        placeholder:
          way === 'existing'
            ? vscode.l10n.t('Choose the permissions to consent to and to test')
            : vscode.l10n.t('Choose the permissions. You can run the script again later to add more.'),
        readOnly: settings().readOnly,
      }),
    clientId: (step, initial) => askId({ title, step, initial, prompt: vscode.l10n.t('Application (client) ID of the registration') }),
    tenantId: (step, initial, clientId) =>
      askId({
        title,
        step,
        initial,
        prompt: vscode.l10n.t('Directory (tenant) ID, or a domain of the tenant'),
        orDomain: true,
        refuse: id => (id === clientId ? vscode.l10n.t('This is the client ID. Enter the tenant ID.') : undefined),
      }),
    script: openScript,
    done,
    noTenant,
    notSaved,
  };
};
