import type { Account, AccountStore, Registration } from '../../../src/auth/account.ts';
import type { ChallengeRequest, Session, SessionOptions, SessionPort } from '../../../src/auth/sessions.ts';
import { SignIn } from '../../../src/auth/signIn.ts';
import type { Clock } from '../../../src/base/clock.ts';

export const registration: Registration = {
  cloud: 'global',
  tenantId: '11111111-1111-4111-8111-111111111111',
  clientId: '22222222-2222-4222-8222-222222222222',
  signInMethod: 'vscode',
};
export const ada: Account = { id: 'ada-id.home', label: 'ada@contoso.com' };
export const bob: Account = { id: 'bob-id.home', label: 'bob@contoso.com' };

export interface Asked {
  readonly provider: string;
  readonly request: readonly string[] | ChallengeRequest;
  readonly options: SessionOptions;
}

/** Lets everything run that waits for nothing but promises. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** An authentication provider in memory: who it knows, who may be used silently, and how the user answers. */
export class FakeSessions implements SessionPort {
  accounts: Account[] = [];
  /** Whether a silent request yields a session. */
  allows: (scopes: readonly string[], account: Account) => boolean = () => true;
  /** What the user does when asked. */
  user: (options: SessionOptions) => Account | Error = () => new Error('User did not consent to login.');
  readonly asked: Asked[] = [];
  lookups = 0;
  readonly #listeners = new Set<(provider: string) => void>();

  get interactive(): Asked[] {
    return this.asked.filter(({ options }) => 'createIfNone' in options);
  }

  async getSession(provider: string, request: readonly string[] | ChallengeRequest, options: SessionOptions): Promise<Session | undefined> {
    this.asked.push({ provider, request, options });
    const scopes = 'fallbackScopes' in request ? request.fallbackScopes : request;
    if ('silent' in options) {
      const known = this.accounts.find(account => account.id === options.account.id);
      return known && this.allows(scopes, known) ? { accessToken: `token of ${known.id}`, account: known } : undefined;
    }
    const answer = this.user(options);
    if (answer instanceof Error) throw answer;
    if (!this.accounts.includes(answer)) this.accounts.push(answer);
    return { accessToken: `token of ${answer.id}`, account: answer };
  }

  async getAccounts(): Promise<readonly Account[]> {
    this.lookups += 1;
    return this.accounts;
  }

  onDidChangeSessions(listener: (provider: string) => void) {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  fire(provider = 'microsoft'): void {
    for (const listener of this.#listeners) listener(provider);
  }
}

/** Time that passes only when told. */
export class FakeClock implements Clock {
  #now = 1_000_000;
  #waiting: { readonly at: number; readonly wake: () => void }[] = [];

  now = (): number => this.#now;

  uptime = (): number => this.#now;

  sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      this.#waiting.push({ at: this.#now + ms, wake: resolve });
      signal?.addEventListener('abort', () => reject(signal.reason));
    });

  async pass(ms: number): Promise<void> {
    this.#now += ms;
    for (const { at, wake } of this.#waiting.splice(0)) {
      if (at <= this.#now) wake();
      else this.#waiting.push({ at, wake });
    }
    await settle();
  }
}

export class FakeStore implements AccountStore {
  readonly values = new Map<string, unknown>();
  get = (key: string): unknown => this.values.get(key);
  update = async (key: string, value: unknown): Promise<void> => {
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, value);
  };
}

/** A sign-in over fakes, as a window that was just opened. `settings.registration` is what the user's settings name. */
export const signInOver = (given: { sessions?: FakeSessions; store?: FakeStore } = {}) => {
  const { sessions = new FakeSessions(), store = new FakeStore() } = given;
  const clock = new FakeClock();
  const settings: { registration: Registration | undefined } = { registration };
  const open = () => new SignIn({ sessions, store, clock, registration: () => settings.registration, detail: tier => `for ${tier}` });
  const signIn = open();
  const changes: string[] = [];
  signIn.onDidChange(state => changes.push(state.kind));
  return { sessions, store, clock, settings, signIn, changes, openAnother: open };
};
