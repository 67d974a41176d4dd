import type { Account, Identity } from './account.ts';
import { cancellationOf, type Refusal, refusalOf } from './refusal.ts';

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

export const cancelled: SignInOutcome = { kind: 'cancelled' };
export const needsUser: SignInOutcome = { kind: 'needsUser' };

/** The outcome that a rejection of the authentication provider stands for. */
export const outcomeOfError = (error: unknown): SignInOutcome => {
  const cancellation = cancellationOf(error);
  if (cancellation === 'left') return { kind: 'left' };
  return cancellation ? cancelled : { kind: 'refused', refusal: refusalOf(error) };
};
