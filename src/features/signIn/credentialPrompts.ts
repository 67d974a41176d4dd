import * as vscode from 'vscode';
import { type CertificateProblem, readCertificate } from '../../auth/identity/certificate.ts';
import type { CredentialPrompts, DeviceCode } from '../../auth/identity/prompts.ts';
import { ask, say } from '../../ui/notifications.ts';
import { plainText } from '../../ui/plainText.ts';

const agreeToAppOnly: CredentialPrompts['agreeToAppOnly'] = async ({ clientId }) => {
  const use = vscode.l10n.t('Sign In as the App');
  const choice = await ask(
    vscode.l10n.t('Sign in as the app itself?'),
    [
      vscode.l10n.t('App {0} acts with all permissions that it was granted, and no Intune role narrows them.', clientId),
      vscode.l10n.t('Intune records changes under the name of the app, not under yours.'),
      vscode.l10n.t('Anybody who uses this VS Code can use it until you sign out.'),
    ].join('\n'),
    use,
  );
  return choice === use;
};

const agreeToAzureCli = async (): Promise<boolean> => {
  const use = vscode.l10n.t('Use the Azure CLI');
  const choice = await ask(
    vscode.l10n.t('Use the login of the Azure CLI?'),
    [
      vscode.l10n.t('A user who is logged in there has no permissions for Intune: Microsoft does not grant them to the Azure CLI.'),
      vscode.l10n.t('A service principal has its own. Intune records changes under its name, not under yours.'),
    ].join('\n'),
    use,
  );
  return choice === use;
};

const clientSecret = async (): Promise<string | undefined> => {
  const secret = await vscode.window.showInputBox({
    title: vscode.l10n.t('Sign In as the App'),
    prompt: vscode.l10n.t('Value of a client secret. It is kept in the secret storage of VS Code until you sign out.'),
    password: true,
    ignoreFocusOut: true,
    validateInput: text => (text.trim() === '' ? vscode.l10n.t('Enter the value of the secret, not its ID.') : undefined),
  });
  return secret?.trim() || undefined;
};

const certificateWords = (problem: CertificateProblem): string =>
  ({
    noCertificate: vscode.l10n.t('The file has no certificate that can be read. It has to be in the PEM format.'),
    noKey: vscode.l10n.t('The file has no private key that can be read. It has to be in the PEM format, without a password.'),
    notRsa: vscode.l10n.t('The private key in the file is of another kind than RSA. Microsoft Entra takes RSA keys.'),
    notPaired: vscode.l10n.t('The private key in the file is not that of a certificate in it.'),
  })[problem];

const clientCertificate = async (): Promise<string | undefined> => {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('PEM file with the certificate and its private key'),
      openLabel: vscode.l10n.t('Use'),
      filters: { PEM: ['pem'] },
    })) ?? [];
  if (!file) return undefined;
  const read = readCertificate(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
  if ('problem' in read) throw new Error(certificateWords(read.problem));
  return read.pem;
};

/** The page comes with the answer of Microsoft Entra, and is opened only where it is one of the web. */
const openPage = async ({ userCode, verificationUri }: DeviceCode): Promise<void> => {
  const open = vscode.l10n.t('Copy Code and Open Page');
  const text = vscode.l10n.t('To sign in, enter the code {0} on {1}.', plainText(userCode), plainText(verificationUri));
  if ((await say(text, open)) !== open) return;
  await vscode.env.clipboard.writeText(userCode);
  if (verificationUri.startsWith('https://')) await vscode.env.openExternal(vscode.Uri.parse(verificationUri, true));
};

const withDeviceCode: CredentialPrompts['withDeviceCode'] = async work => {
  const options = {
    location: vscode.ProgressLocation.Notification,
    cancellable: true,
    title: vscode.l10n.t('Waiting for the sign-in on another device'),
  };
  return vscode.window.withProgress(options, async (_, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    try {
      return await work(code => void openPage(code), controller.signal);
    } catch (error) {
      // Whatever the library says of it.
      throw controller.signal.aborted ? new vscode.CancellationError() : error;
    }
  });
};

/** What credentials other than VS Code's ask of the user. */
export const credentialPrompts: CredentialPrompts = { agreeToAppOnly, agreeToAzureCli, clientSecret, clientCertificate, withDeviceCode };
