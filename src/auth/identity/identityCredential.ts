import { l10n } from 'vscode';
import { clouds } from '../../graph/clouds.ts';
import type { AccessToken, TokenCredential } from '../../graph/tokens.ts';
import type { SignInMethod } from '../../host/settings.ts';
import { type Account, appAccount, type Registration } from '../account.ts';
import { cliAccount } from './cliAccount.ts';
import type { CredentialPrompts, DeviceCode } from './prompts.ts';

export type IdentityKind = Exclude<SignInMethod, 'vscode'>;

export interface TokenRequest {
  /** By their full names. */
  readonly scopes: readonly string[];
  readonly claims: string | undefined;
}

/** A credential of @azure/identity, with whose it is. */
export interface IdentityCredential {
  /** A token without the user; undefined where one must sign in. Rejects for what Microsoft Entra refuses. */
  silent(request: TokenRequest): Promise<{ readonly token: AccessToken; readonly account: Account } | undefined>;
  /** Has the user sign in, where that is how tokens come about. */
  ask(request: TokenRequest): Promise<void>;
}

/** Everything of the resource that the scopes are of: apps and the Azure CLI know no single scopes. */
const defaultScope = ({ cloud }: Registration): string => `${clouds[cloud].graph}/.default`;

function appOnly(registration: Registration, credential: TokenCredential): IdentityCredential {
  return {
    silent: async ({ claims }) => {
      const token = await credential.getToken(defaultScope(registration), claims === undefined ? {} : { claims });
      return token ? { token, account: appAccount(registration.clientId) } : undefined;
    },
    ask: async () => undefined,
  };
}

/** Milliseconds after which a program `az` that hangs is ended. */
const cliTimeLimit = 60_000;

/** How `@azure/identity` words what it could not read of the answer. Such words help nobody, and may quote the answer. */
const isUnread = ({ message }: Error): boolean =>
  / JSON(?: input| at position .*)?$|^Cannot read properties|^Unexpected response from Azure CLI/.test(message);

async function azureCli(registration: Registration): Promise<IdentityCredential> {
  const { AzureCliCredential } = await import('@azure/identity');
  const credential = new AzureCliCredential({ tenantId: registration.tenantId, processTimeoutInMs: cliTimeLimit });
  // No colon behind the word token: the log takes what follows it for one.
  const noToken = (reason: string, cause?: unknown): Error => new Error(l10n.t('The Azure CLI gave no token. {0}', reason), { cause });
  const unread = (cause?: unknown): Error => noToken(l10n.t('Its answer is missing or cannot be read.'), cause);
  return {
    silent: async () => {
      const token = await credential.getToken(defaultScope(registration)).catch((error: unknown) => {
        if (!(error instanceof Error)) throw error;
        throw isUnread(error) ? unread(error) : noToken(error.message, error);
      });
      // The library does not look whether there is one in the answer.
      if (typeof token.token !== 'string' || token.token === '') throw unread();
      // The program keeps tokens too, and its clock may be another one.
      if (token.expiresOnTimestamp <= Date.now()) throw new Error(l10n.t('The Azure CLI gave a token that has expired.'));
      const account = cliAccount(token.token, registration);
      if (!account) throw new Error(l10n.t('The token of the Azure CLI is for another tenant, or does not say whose it is.'));
      return { token, account };
    },
    ask: async () => undefined,
  };
}

async function deviceCode(
  registration: Registration,
  authorityHost: string,
  prompts: Pick<CredentialPrompts, 'withDeviceCode'>,
): Promise<IdentityCredential> {
  const { DeviceCodeCredential } = await import('@azure/identity');
  const { tenantId, clientId } = registration;
  let account: Account | undefined;
  let show: (code: DeviceCode) => void = () => undefined;
  const credential = new DeviceCodeCredential({
    tenantId,
    clientId,
    authorityHost,
    disableAutomaticAuthentication: true,
    userPromptCallback: code => show(code),
  });
  return {
    silent: async ({ scopes, claims }) => {
      // Nobody has signed in in this window.
      if (!account) return undefined;
      // Somebody else may sign in while the token is on its way.
      const mine = account;
      try {
        return { token: await credential.getToken([...scopes], claims === undefined ? {} : { claims }), account: mine };
      } catch (error) {
        if (error instanceof Error && error.name === 'AuthenticationRequiredError') return undefined;
        throw error;
      }
    },
    ask: ({ scopes }) =>
      prompts.withDeviceCode(async (shown, abortSignal) => {
        show = shown;
        const record = await credential.authenticate([...scopes], { abortSignal });
        if (record) account = { id: record.homeAccountId.toLowerCase(), label: record.username };
      }),
  };
}

/** The credential of a kind, for an app registration. `secret` is the client secret, or the text of the certificate's PEM file. */
export async function identityCredential(
  kind: IdentityKind,
  registration: Registration,
  secret: string | undefined,
  prompts: Pick<CredentialPrompts, 'withDeviceCode'>,
): Promise<IdentityCredential> {
  const { tenantId, clientId, cloud } = registration;
  const authorityHost = clouds[cloud].authority;
  const { ClientCertificateCredential, ClientSecretCredential, WorkloadIdentityCredential } = await import('@azure/identity');
  switch (kind) {
    case 'azureCli':
      return azureCli(registration);
    case 'deviceCode':
      return deviceCode(registration, authorityHost, prompts);
    case 'clientSecret':
      return appOnly(registration, new ClientSecretCredential(tenantId, clientId, secret ?? '', { authorityHost }));
    case 'clientCertificate':
      return appOnly(registration, new ClientCertificateCredential(tenantId, clientId, { certificate: secret ?? '' }, { authorityHost }));
    case 'workloadIdentity':
      return appOnly(registration, new WorkloadIdentityCredential({ tenantId, clientId, authorityHost }));
  }
}
