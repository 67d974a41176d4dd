import { connectionKey, type Registration, registrationOf } from '../auth/account.ts';
import type { AccountStore } from '../auth/pinnedAccount.ts';
import { knownTenants } from '../connections/knownTenants.ts';
import { forgetNames, type Store } from '../connections/memory.ts';
import type { Fetch } from '../graph/fetch.ts';
import { pickOne } from '../views/scriptPicker/quickPick.ts';
import { createVSCodeQuestions } from '../views/signIn/vscodeQuestions.ts';
import { loadOnDemand, onDemand } from './loadOnDemand.ts';
import { openConsentPage, openConsentPageOf } from './openConsentPage.ts';
import { type SignInCommandParts, signIn, signInAsAnother } from './signIn.ts';
import { signOut } from './signOut.ts';
import type { TestSignInParts } from './testSignIn.ts';

export interface SignInCommandsParts extends SignInCommandParts {
  readonly store: Store & AccountStore;
  /** Forgets the secrets and tokens of an app registration. */
  readonly forgetSecrets: (registration: Registration) => Promise<void>;
  readonly fetch: Fetch;
  readonly test: TestSignInParts;
  readonly useSampleTenant: () => Promise<void>;
}

/** The handlers of all commands that are about who is signed in, and where. */
export function signInCommands(parts: SignInCommandsParts) {
  const { readSettings, updateSetting, store, forgetSecrets, fetch, test } = parts;
  const askToSignIn = signIn(parts);
  const setUpSignIn = onDemand(({ setUpSignIn }) =>
    setUpSignIn({
      questions: createVSCodeQuestions(readSettings),
      readSettings,
      updateSetting,
      resolveTenant: async domain => (await loadOnDemand()).resolveTenant(fetch, readSettings().cloud, domain),
      signIn: askToSignIn,
      testSignIn: tiers => onDemand(({ testSignIn }) => testSignIn(test, tiers))(),
      openConsentPage: openConsentPageOf(parts),
    }),
  );
  return {
    signIn: askToSignIn,
    signOut: signOut({
      signIn: parts.signIn,
      forget: async identity => {
        if (identity) await forgetNames(store, connectionKey(identity));
        const registration = identity ?? registrationOf(readSettings());
        if (registration) await forgetSecrets(registration);
      },
      usesVSCode: () => readSettings().signInMethod === 'vscode',
    }),
    switchTenant: onDemand(({ switchTenant }) =>
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
    openConsentPage: openConsentPage(parts),
    testSignIn: onDemand(({ testSignIn }) => testSignIn(test)),
  };
}
