import * as vscode from 'vscode';
import { createDebounce } from '../base/async.ts';
import type { Clock } from '../base/clock.ts';
import { createEmitter, type Disposable } from '../base/emitter.ts';
import { clouds } from '../graph/clouds.ts';
import type { Tier } from '../intune/model/families.ts';
import {
  type Account,
  type AccountStore,
  type Identity,
  type Registration,
  readPinnedAccount,
  registrationKey,
  sameRegistration,
  writePinnedAccount,
} from './account.ts';
import { tierSessionScopes } from './scopes.ts';
import type { Session, SessionOptions, SessionPort } from './sessions.ts';
import { cancellationOf, type Refusal, refusalOf } from './signInError.ts';

/** What sign-in is made of. */
export interface SignInParts {
  readonly sessions: SessionPort;
  /** The registration that the settings name now; undefined while sign-in is not set up. */
  readonly registration: () => Registration | undefined;
  readonly store: AccountStore;
  readonly clock: Clock;
  /** Why the permissions of a tier are asked for: VS Code shows it in its question. */
  readonly detail: (tier: Tier) => string;
}

/** Milliseconds of quiet after which a change of sessions is looked at. A refresh of many tokens comes as many events. */
export const sessionsQuiet = 1_000;

/**
 * Who is signed in, and what changes it. Only `signIn` and an interactive `ensureTier` may ask the user.
 * Nothing but a sign-in by the user changes the account, and no method rejects for what the provider does.
 */
export class SignIn implements Disposable {
  readonly #parts: SignInParts;
  readonly #changes = createEmitter<SignInState>();
  readonly #disposables: readonly Disposable[];
  #state: SignInState;
  /** Grows with each change, so that a look-up that was overtaken is dropped. */
  #version = 0;
  /** Grows with each sign-in and sign-out by the user: what began before has nothing to say any more. */
  #epoch = 0;

  constructor(parts: SignInParts) {
    this.#parts = parts;
    this.#state = parts.registration() ? signedOut : notSetUp;
    const debounce = createDebounce(parts.clock, sessionsQuiet, () => void this.restore());
    const subscription = parts.sessions.onDidChangeSessions(provider => {
      const registration = parts.registration();
      if (registration && clouds[registration.cloud].provider === provider) debounce.call();
    });
    this.#disposables = [subscription, debounce];
  }

  get state(): SignInState['kind'] {
    return this.#state.kind;
  }

  get identity(): Identity | undefined {
    return identityOf(this.#state);
  }

  /** Comes after each change of the state or the identity. */
  readonly onDidChange = (listener: (state: SignInState) => void): Disposable => this.#changes.event(listener);

  /**
   * Finds the account of the last time again, without asking. To be called at the start, after a change of the settings, and when
   * the network is back: a provider that cannot renew a token looks like one that needs the user.
   * While sign-in is not set up, neither VS Code nor the network is asked. Never rejects.
   */
  async restore(): Promise<void> {
    const registration = this.#parts.registration();
    if (!registration) return this.#set(notSetUp);
    // A network that is gone for a while is no reason to leave an account that is still there.
    if (sameRegistration(this.identity, registration)) return this.#leaveIfGone();
    // What was signed in to by other settings is left at once, and not only when the look-up is done.
    this.#set(signedOut);
    const [version, epoch] = [this.#version, this.#epoch];
    const account = await this.#findAgain(registration);
    if (version !== this.#version || epoch !== this.#epoch || !sameRegistration(registration, this.#parts.registration())) return;
    this.#set(account ? { kind: 'signedIn', identity: { ...registration, account } } : signedOut);
  }

  /**
   * Asks the user to sign in, with the account of the last time if there is one.
   * With `anotherAccount`, or when there is no such account, VS Code's own memory of an account is cleared, so that it lets the user choose.
   */
  async signIn(options: { readonly tier?: Tier; readonly anotherAccount?: boolean } = {}): Promise<SignInOutcome> {
    const registration = this.#parts.registration();
    if (!registration) return notSetUp;
    const tier = options.tier ?? 'browse';
    this.#epoch += 1;
    const epoch = this.#epoch;
    const pinned = options.anotherAccount ? undefined : readPinnedAccount(this.#parts.store, registration);
    try {
      const session = await this.#ask(registration, tier, {
        createIfNone: { detail: this.#parts.detail(tier) },
        ...(pinned ? { account: pinned } : { clearSessionPreference: true }),
      });
      return await this.#accept(registration, pinned, session, epoch);
    } catch (error) {
      return outcomeOfError(error);
    }
  }

  /** Takes over the account of an `otherAccount` outcome, after the user agreed. Asks nobody. */
  async use(account: Account): Promise<SignInOutcome> {
    const registration = this.#parts.registration();
    if (!registration) return notSetUp;
    this.#epoch += 1;
    const epoch = this.#epoch;
    try {
      return await this.#accept(registration, account, await this.#ask(registration, 'browse', { silent: true, account }), epoch);
    } catch (error) {
      return outcomeOfError(error);
    }
  }

  /**
   * Sees to it that tokens of a tier can be had: silently if possible, else, if `interactive`, by asking the user once.
   * For writes: before any picker opens. Whoever is signed out is first asked to sign in for `browse`.
   */
  async ensureTier(tier: Tier, options: { readonly interactive: boolean }): Promise<SignInOutcome> {
    const identity = this.identity;
    if (!identity) return this.#ensureAfterSignIn(tier, options);
    const { account } = identity;
    const epoch = this.#epoch;
    try {
      const silent = await this.#ask(identity, tier, { silent: true, account });
      // Only confirms: whoever signed in or out meanwhile stays as they are.
      if (silent?.account.id === account.id) return this.#isStill(identity, epoch) ? { kind: 'ok', identity } : cancelled;
      if (!options.interactive) return needsUser;
      const session = await this.#ask(identity, tier, { createIfNone: { detail: this.#parts.detail(tier) }, account });
      return await this.#accept(identity, account, session, epoch);
    } catch (error) {
      return outcomeOfError(error);
    }
  }

  /** Forgets the account. Its session stays in VS Code's Accounts menu: an extension cannot end it. */
  async signOut(): Promise<void> {
    this.#epoch += 1;
    const registration = this.identity ?? this.#parts.registration();
    this.#set(this.#parts.registration() ? signedOut : notSetUp);
    if (registration) await writePinnedAccount(this.#parts.store, registration, undefined);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #ask(registration: Registration, tier: Tier, options: SessionOptions): Promise<Session | undefined> {
    return this.#parts.sessions.getSession(clouds[registration.cloud].provider, tierSessionScopes(registration, tier), options);
  }

  async #ensureAfterSignIn(tier: Tier, options: { readonly interactive: boolean }): Promise<SignInOutcome> {
    if (!this.#parts.registration()) return notSetUp;
    if (!options.interactive) return needsUser;
    const outcome = await this.signIn();
    return outcome.kind === 'ok' && tier !== 'browse' ? this.ensureTier(tier, options) : outcome;
  }

  /** Whether nobody signed in or out since, and the settings name the same registration. */
  #isStill(registration: Registration, epoch: number): boolean {
    return epoch === this.#epoch && sameRegistration(registration, this.#parts.registration());
  }

  /** Pins the account of a session, unless it is not the expected one, or somebody signed in, out or elsewhere since. */
  async #accept(
    registration: Registration,
    expected: Account | undefined,
    session: Session | undefined,
    epoch: number,
  ): Promise<SignInOutcome> {
    if (!session) return needsUser;
    if (!this.#isStill(registration, epoch)) return cancelled;
    const account: Account = { id: session.account.id, label: session.account.label };
    if (expected && expected.id !== account.id) return { kind: 'otherAccount', expected, actual: account };
    const { cloud, tenantId, clientId, signInMethod = 'vscode' } = registration;
    const identity: Identity = { cloud, tenantId, clientId, signInMethod, account };
    if (readPinnedAccount(this.#parts.store, registration)?.id !== account.id)
      await writePinnedAccount(this.#parts.store, registration, account);
    if (!this.#isStill(registration, epoch)) return cancelled;
    this.#set({ kind: 'signedIn', identity });
    return { kind: 'ok', identity };
  }

  /** The account of the last time, if VS Code still has it and hands out its tokens to this extension without a question. */
  async #findAgain(registration: Registration): Promise<Account | undefined> {
    const pinned = readPinnedAccount(this.#parts.store, registration);
    if (!pinned) return undefined;
    try {
      const account = await this.#listed(registration, pinned);
      const session = account && (await this.#ask(registration, 'browse', { silent: true, account }));
      return session && session.account.id === pinned.id ? { id: pinned.id, label: session.account.label } : undefined;
    } catch {
      // The provider is missing or failed. Nobody asked for anything yet: signing in will tell why.
      return undefined;
    }
  }

  async #listed(registration: Registration, pinned: Account): Promise<Account | undefined> {
    const accounts = await this.#parts.sessions.getAccounts(clouds[registration.cloud].provider);
    return accounts.find(account => account.id === pinned.id);
  }

  /** Signed out if VS Code has the account no more. The choice of the account stays, for it may come back. */
  async #leaveIfGone(): Promise<void> {
    const identity = this.identity;
    const version = this.#version;
    try {
      if (identity && !(await this.#listed(identity, identity.account)) && version === this.#version) this.#set(signedOut);
    } catch {
      // Not knowing the accounts is no reason to leave one.
    }
  }

  #set(state: SignInState): void {
    if (sameState(this.#state, state)) return;
    this.#state = state;
    this.#version += 1;
    this.#changes.fire(state);
  }
}

/** Whether somebody is signed in, and who. */
export type SignInState =
  | { readonly kind: 'notSetUp' }
  | { readonly kind: 'signedOut' }
  | { readonly kind: 'signedIn'; readonly identity: Identity };

const notSetUp = { kind: 'notSetUp' } as const;
const signedOut = { kind: 'signedOut' } as const;

/** Who is signed in, if anybody is. */
const identityOf = (state: SignInState): Identity | undefined => (state.kind === 'signedIn' ? state.identity : undefined);

const keyOf = (state: SignInState): string => {
  const identity = identityOf(state);
  if (!identity) return state.kind;
  return [registrationKey(identity), identity.account.id, identity.account.label].join('\n');
};

/** Whether nothing would change between two states. */
const sameState = (one: SignInState, other: SignInState): boolean => keyOf(one) === keyOf(other);

/** How an attempt to sign in, or to get the permissions of a tier, ended. None of these is an exception. */
export type SignInOutcome =
  | { readonly kind: 'ok'; readonly identity: Identity }
  /** The user called it off, or the settings changed meanwhile. Nothing is said about it. */
  | { readonly kind: 'cancelled' }
  /** The user left a sign-in that had begun. Microsoft Entra shows many a refusal on its page only, and never sends the browser back. */
  | { readonly kind: 'left' }
  /** The ids of the app registration are missing. */
  | { readonly kind: 'notSetUp' }
  /** It needs the user, and the caller did not allow to ask. */
  | { readonly kind: 'needsUser' }
  /** The user signed in with another account than the one in use. Nothing changed; `SignIn.use` takes the other account over. */
  | { readonly kind: 'otherAccount'; readonly expected: Account; readonly actual: Account }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

const cancelled: SignInOutcome = { kind: 'cancelled' };
const needsUser: SignInOutcome = { kind: 'needsUser' };

/** The outcome that a rejection of the authentication provider stands for. */
const outcomeOfError = (error: unknown): SignInOutcome => {
  const cancellation = cancellationOf(error);
  if (cancellation === 'left') return { kind: 'left' };
  return cancellation ? cancelled : { kind: 'refused', refusal: refusalOf(error) };
};

/** Sign-in with VS Code's own accounts. */
export const createSignIn = (parts: Omit<SignInParts, 'detail'>): SignIn => new SignIn({ ...parts, detail: tierReason });

/** The tiers in the order in which they are offered: what only reads comes first. */
export const tierOrder: readonly Tier[] = ['browse', 'browseMore', 'write', 'writeMore'];

/** The tiers that are offered: where it is read only, only those that read. */
export const offeredTiers = (readOnly: boolean): readonly Tier[] =>
  readOnly ? tierOrder.filter(tier => tier === 'browse' || tier === 'browseMore') : tierOrder;

/** What a tier allows, as the title of a choice. */
export const tierTitle = (tier: Tier): string =>
  ({
    browse: vscode.l10n.t('Read scripts and their assignments'),
    browseMore: vscode.l10n.t('Read Bash scripts (Linux) and assignment filters'),
    write: vscode.l10n.t('Change scripts and their assignments'),
    writeMore: vscode.l10n.t('Change Bash scripts (Linux) and their assignments'),
  })[tier];

/** Why the permissions of a tier are asked for; VS Code shows it below its own question. */
const tierReason = (tier: Tier): string =>
  ({
    browse: vscode.l10n.t('To read the Intune scripts of your tenant and the groups that they are assigned to.'),
    browseMore: vscode.l10n.t('To read Bash scripts (Linux) and assignment filters.'),
    write: vscode.l10n.t('To change the assignments of Intune scripts. You review each change before it is made.'),
    writeMore: vscode.l10n.t('To change the assignments of Bash scripts (Linux). You review each change before it is made.'),
  })[tier];
