import * as vscode from 'vscode';
import { offeredTiers, tierTitle } from '../../auth/signIn.ts';
import { idProblem, parseGuid } from '../../base/guid.ts';
import type { CloudId } from '../../graph/clouds.ts';
import { cloudTitle } from '../../host/settings.ts';
import { type Tier, tierScopes } from '../../intune/model/families.ts';
import { section, settings } from '../../manifest.ts';
import { errorWords } from '../../ui/errorText.ts';
import { say, sayError } from '../../ui/notifications.ts';
import { type Answer, answered, back, closed, type SetUpQuestions, type Step, type Way } from './setUpSignIn.ts';

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

const problemWords = (text: string, orDomain: boolean): string | undefined => {
  const problem = idProblem(text);
  if (problem === 'empty') return vscode.l10n.t('Enter an ID.');
  if (problem === 'domain') return vscode.l10n.t('This is a name. Enter the ID that the Entra admin center shows for it, which is a GUID.');
  if (problem === 'notGuid' && orDomain) return vscode.l10n.t('Enter a GUID, or a domain such as contoso.com.');
  if (problem === 'notGuid') return vscode.l10n.t('Enter a GUID, such as 00000000-0000-0000-0000-000000000000.');
  return undefined;
};

/** Asks for a GUID. Spaces and braces around it are accepted; `refuse` may have words against one. */
const askId = (parts: {
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

interface TierItem extends vscode.QuickPickItem {
  readonly tier: Tier;
}

const itemOf = (tier: Tier): TierItem => ({
  tier,
  label: tierTitle(tier),
  detail: tierScopes[tier].join(', '),
});

/** Asks which permissions are wanted. What reads scripts is checked at first: security approves that the same day. Nothing is no answer. */
export const askTiers = (parts: {
  readonly title: string;
  /** Missing where nothing is asked before or after. */
  readonly step?: Step;
  readonly placeholder: string;
  /** Whether permissions to change anything are left out. */
  readonly readOnly: boolean;
}): Promise<Answer<readonly Tier[]>> => {
  const pick = vscode.window.createQuickPick<TierItem>();
  pick.title = parts.title;
  pick.placeholder = parts.placeholder;
  pick.canSelectMany = true;
  pick.items = offeredTiers(parts.readOnly).map(itemOf);
  pick.selectedItems = pick.items.filter(({ tier }) => tier === 'browse');
  return showStep(pick, parts.step, () => {
    const tiers = pick.selectedItems.map(item => item.tier);
    return tiers.length > 0 ? answered(tiers) : undefined;
  });
};

interface WayItem extends vscode.QuickPickItem {
  readonly way?: Way;
}

const items = (cloud: CloudId): WayItem[] => [
  {
    way: 'existing',
    label: vscode.l10n.t('Enter the IDs of a registration'),
    detail: vscode.l10n.t('Somebody gave you a client ID and a tenant ID, or the registration exists already.'),
  },
  {
    way: 'azureCli',
    label: vscode.l10n.t('Create a registration with the Azure CLI'),
    detail: vscode.l10n.t('Opens a script to read, save, and run in a terminal.'),
  },
  {
    way: 'powerShell',
    label: vscode.l10n.t('Create a registration with PowerShell'),
    detail: vscode.l10n.t('Opens a script for Microsoft Graph PowerShell to read, save, and run in a terminal.'),
  },
  { label: '', kind: vscode.QuickPickItemKind.Separator },
  { label: vscode.l10n.t('Cloud: {0}', cloudTitle(cloud)), description: vscode.l10n.t('change in the settings') },
];

/** Asks how the app registration comes about. The cloud is shown, for ids and scripts hold for one cloud only. */
const askWay = (parts: { readonly title: string; readonly step: Step; readonly cloud: CloudId }): Promise<Answer<Way>> => {
  const pick = vscode.window.createQuickPick<WayItem>();
  pick.title = parts.title;
  pick.placeholder = vscode.l10n.t('To sign in, your organization needs an app registration of its own');
  pick.items = items(parts.cloud);
  return showStep(pick, parts.step, () => {
    const item = pick.selectedItems[0];
    if (!item) return undefined;
    if (item.way) return answered(item.way);
    void vscode.commands.executeCommand('workbench.action.openSettings', `${section}.${settings.cloud}`);
    return closed;
  });
};

/** Shows a quick pick or an input box as one step of several, or alone, until `accept` yields an answer, Back is pressed or it is closed. */
const showStep = <Input extends vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox, Value>(
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
