import { type AccountStore, connectionKey, pinnedIdentity, type Registration, registrationOf } from '../../auth/account.ts';
import { knownTenants } from '../../connections/accountConnection.ts';
import { forgetNames, type Store } from '../../connections/memory.ts';
import type { Fetch } from '../../graph/transport.ts';
import { pickOne } from '../../ui/quickPick.ts';
import { loadOnDemand, onDemand } from '../lazy.ts';
import type { SignInCommandParts } from './signIn.ts';
import type { TestSignInParts } from './testSignIn.ts';

export interface SignInCommandsParts extends SignInCommandParts {
  readonly store: Store & AccountStore;
  /** Forgets the secrets and tokens of an app registration. */
  readonly forgetSecrets: (registration: Registration) => Promise<void>;
  /** Looks up tenants. Not the transport to Microsoft Graph, which its first read decides. */
  readonly fetch: Fetch;
  readonly test: TestSignInParts;
  readonly useSampleTenant: () => Promise<void>;
  readonly leaveSampleTenant: () => Promise<void>;
}

/** The handlers of all commands that are about who is signed in, and where. */
export function signInCommands(parts: SignInCommandsParts) {
  const { readSettings, updateSetting, store, forgetSecrets, fetch, test } = parts;
  const askToSignIn = onDemand(({ signIn }) => signIn(parts));
  const setUpSignIn = onDemand(({ setUpSignIn, createVSCodeQuestions, openConsentPageOf, testSignIn }) =>
    setUpSignIn({
      questions: createVSCodeQuestions(readSettings),
      readSettings,
      updateSetting,
      resolveTenant: async domain => (await loadOnDemand()).resolveTenant(fetch, readSettings().cloud, domain),
      signIn: askToSignIn,
      testSignIn: tiers => testSignIn(test, tiers)(),
      openConsentPage: openConsentPageOf(parts),
    }),
  );
  return {
    signIn: askToSignIn,
    signOut: onDemand(({ signOut }) =>
      signOut({
        signIn: parts.signIn,
        remembered: () => pinnedIdentity(store, registrationOf(readSettings())),
        forget: async identity => {
          if (identity) await forgetNames(store, connectionKey(identity));
          const registration = identity ?? registrationOf(readSettings());
          if (registration) await forgetSecrets(registration);
        },
        usesVSCode: () => readSettings().signInMethod === 'vscode',
      }),
    ),
    switchTenant: onDemand(({ switchTenant, signInAsAnother }) =>
      switchTenant({
        ...parts,
        known: () => knownTenants(store),
        pickOne,
        askToSignIn,
        signInAsAnother: signInAsAnother(parts),
        setUpSignIn,
      }),
    ),
    setUpSignIn,
    openConsentPage: onDemand(({ openConsentPage }) => openConsentPage(parts)),
    testSignIn: onDemand(({ testSignIn }) => testSignIn(test)),
    explainErrorCode: onDemand(
      ({ explainCode }) =>
        () =>
          explainCode(readSettings().cloud, parts.log),
    ),
  };
}

/** Show Log: the output channel of this extension. Works in every state. */
export const showLog = (parts: { readonly log: { show(): void } }) => async (): Promise<void> => parts.log.show();
