import * as vscode from 'vscode';
import type { CloudId } from '../graph/clouds.ts';
import { notReachedHelp, whyNotReached } from './connectivityErrorText.ts';
import { environmentOf } from './sessions.ts';
import type { NotReachedReason, Refusal, RefusalReason } from './signInError.ts';

/** What may help against a refusal. */
export type Remedy = 'consent' | 'setUp' | 'sovereignSetting' | 'testSignIn' | 'method' | 'explainCode' | 'lookUpCode';

const providerWords = (cloud: CloudId): string =>
  cloud === 'global'
    ? vscode.l10n.t(
        'This editor has no Microsoft accounts. Check that the built-in extension "Microsoft Account" is enabled, or choose another way to sign in.',
      )
    : vscode.l10n.t(
        'VS Code signs in to this cloud when its setting {0} is {1}.',
        'microsoft-sovereign-cloud.environment',
        environmentOf(cloud),
      );

/** With what the network itself said, which is what somebody who runs it searches for. */
const notReachedWords = (reason: NotReachedReason, { host = '', message }: Refusal): string =>
  `${whyNotReached(reason, host)} ${notReachedHelp(reason)} (${message})`;

const sentence = (refusal: Refusal, cloud: CloudId): string => {
  const words: Readonly<Record<RefusalReason, () => string>> = {
    consentMissing: () => vscode.l10n.t('The permission has no consent yet. An administrator gives it for the tenant on the consent page.'),
    consentDeclined: () => vscode.l10n.t('The permission was not consented to. It is needed to go on.'),
    clientNotAllowed: () =>
      vscode.l10n.t('Microsoft does not let this client ID use Intune. Sign in with an app registration of your own.'),
    redirectUriMissing: () =>
      vscode.l10n.t('The app registration lacks a redirect URI of VS Code. The script of Set Up Sign-In adds what is missing.'),
    conditionalAccess: () =>
      vscode.l10n.t(
        'A Conditional Access policy of the tenant does not allow this sign-in. Ask an administrator which device or network it wants.',
      ),
    // The published data has DeviceManagementScripts for the public cloud; of the others it says nothing.
    permissionUnknown: () =>
      cloud === 'global'
        ? vscode.l10n.t('Microsoft Entra does not know a permission that was asked for.')
        : vscode.l10n.t(
            'This cloud does not know a permission that was asked for. Microsoft does not document whether the permissions for Intune scripts exist here.',
          ),
    notPublicClient: () =>
      vscode.l10n.t(
        'The app registration wants a secret. Its redirect URIs belong under "Mobile and desktop applications", with public client flows allowed. The script of Set Up Sign-In does both.',
      ),
    unknownClient: () => vscode.l10n.t('The tenant has no app with this client ID. Check the client ID, the tenant ID and the cloud.'),
    unknownTenant: () => vscode.l10n.t('There is no tenant with this ID in this cloud. Check the tenant ID and the cloud.'),
    userNotInTenant: () =>
      vscode.l10n.t('The account is not a member or guest of the tenant. Sign in with another account, or check the tenant ID.'),
    userNotAssigned: () =>
      vscode.l10n.t('The account is not assigned to the app. An administrator assigns users under Enterprise applications.'),
    providerMissing: () => providerWords(cloud),
    cloudsDisagree: () =>
      refusal.environment === undefined
        ? providerWords(cloud)
        : vscode.l10n.t(
            'The settings name two clouds: {0} is {1}, and {2} is {3}. Nobody is signed in until they agree.',
            'intuneScripts.cloud',
            cloud,
            'microsoft-sovereign-cloud.environment',
            refusal.environment,
          ),
    cloudOfWorkspace: () =>
      vscode.l10n.t(
        'The settings of this workspace decide by {0} where VS Code signs in. Remove them there, then reload the window.',
        'microsoft-sovereign-cloud',
      ),
    badSecret: () => vscode.l10n.t('The secret or the certificate is not one of the app, or has expired. Sign in again with another one.'),
    unreachable: () => notReachedWords('unreachable', refusal),
    proxyUser: () => notReachedWords('proxyUser', refusal),
    certificate: () => notReachedWords('certificate', refusal),
    certificateOfNode: () => notReachedWords('certificateOfNode', refusal),
    badCertificate: () => notReachedWords('badCertificate', refusal),
    fetchSupportOff: () => notReachedWords('fetchSupportOff', refusal),
    timedOut: () => vscode.l10n.t('Sign-in was not completed in time. Try again.'),
    other: () => (refusal.message === refusal.code ? vscode.l10n.t('Microsoft Entra refused it.') : refusal.message),
  };
  return words[refusal.reason]();
};

const remedies: Readonly<Partial<Record<RefusalReason, Remedy>>> = {
  consentMissing: 'consent',
  consentDeclined: 'consent',
  clientNotAllowed: 'setUp',
  redirectUriMissing: 'setUp',
  notPublicClient: 'setUp',
  unknownClient: 'setUp',
  unknownTenant: 'setUp',
  permissionUnknown: 'lookUpCode',
  providerMissing: 'method',
  timedOut: 'explainCode',
  unreachable: 'testSignIn',
  proxyUser: 'testSignIn',
  certificate: 'testSignIn',
  certificateOfNode: 'testSignIn',
  badCertificate: 'testSignIn',
  fetchSupportOff: 'testSignIn',
};

/** A refusal as words for the user, and what may help. The code stays in the words: it is what an administrator searches for. */
export const refusalWords = (refusal: Refusal, cloud: CloudId): { readonly message: string; readonly remedy?: Remedy } => {
  const missesSetting = refusal.reason === 'providerMissing' && cloud !== 'global';
  const unknownCode = refusal.reason === 'other' && refusal.code !== undefined ? 'lookUpCode' : undefined;
  const remedy = missesSetting || refusal.reason === 'cloudsDisagree' ? 'sovereignSetting' : (remedies[refusal.reason] ?? unknownCode);
  const told = sentence(refusal, cloud);
  const code = refusal.code !== undefined && !told.includes(refusal.code) ? ` (${refusal.code})` : '';
  return { message: `${vscode.l10n.t('Could not sign in.')} ${told}${code}`, ...(remedy === undefined ? {} : { remedy }) };
};
