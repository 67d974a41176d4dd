import * as vscode from 'vscode';
import { type Registration, registrationOf } from '../../auth/account.ts';
import { consentLink } from '../../auth/scopes.ts';
import type { Settings } from '../../host/settings.ts';
import type { Tier } from '../../intune/model/families.ts';
import { commands } from '../../manifest.ts';
import { say } from '../../ui/notifications.ts';
import { pickOne } from '../../ui/quickPick.ts';
import { askTiers } from './setUpQuestions.ts';

const askForSetUp = async (): Promise<void> => {
  const setUp = vscode.l10n.t('Set Up Sign-In');
  const choice = await say(vscode.l10n.t('Consent is given to an app registration. Set up sign-in first.'), setUp);
  if (choice === setUp) await vscode.commands.executeCommand(commands.setUpSignIn);
};

/** Not everybody is an administrator: the link can be copied, too. */
const openOrCopy = async (link: string): Promise<void> => {
  const answer = await pickOne(
    [
      { kind: 'choice', label: vscode.l10n.t('Open in the browser'), value: 'open' },
      { kind: 'choice', label: vscode.l10n.t('Copy the link, to send it to an administrator'), value: 'copy' },
    ],
    {
      title: vscode.l10n.t('Open Consent Page'),
      placeholder: vscode.l10n.t('An administrator consents on this page, once for the tenant'),
    },
  );
  if (answer?.kind !== 'picked') return;
  if (answer.value === 'open') await vscode.env.openExternal(vscode.Uri.parse(link, true));
  else await vscode.env.clipboard.writeText(link);
};

const openFor = async (registration: Registration, readOnly: boolean): Promise<void> => {
  const title = vscode.l10n.t('Open Consent Page');
  const tiers = await askTiers({ title, placeholder: vscode.l10n.t('Choose the permissions to consent to'), readOnly });
  if (tiers.kind === 'value') await openOrCopy(consentLink({ ...registration, tiers: tiers.value }));
};

/** Opens the consent page of exactly these tiers, or copies its link. */
export const openConsentPageOf =
  (parts: { readonly readSettings: () => Settings }) =>
  async (tiers: readonly Tier[]): Promise<void> => {
    const registration = registrationOf(parts.readSettings());
    await (registration ? openOrCopy(consentLink({ ...registration, tiers })) : askForSetUp());
  };

/** Open Consent Page: the link on which an administrator consents to exactly the chosen permissions. */
export const openConsentPage = (parts: { readonly readSettings: () => Settings }) => async (): Promise<void> => {
  const settings = parts.readSettings();
  const registration = registrationOf(settings);
  await (registration ? openFor(registration, settings.readOnly) : askForSetUp());
};
