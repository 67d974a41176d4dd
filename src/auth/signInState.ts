import { type Identity, registrationKey } from './account.ts';

/** Whether somebody is signed in, and who. */
export type SignInState =
  | { readonly kind: 'notSetUp' }
  | { readonly kind: 'signedOut' }
  | { readonly kind: 'signedIn'; readonly identity: Identity };

export const notSetUp = { kind: 'notSetUp' } as const;
export const signedOut = { kind: 'signedOut' } as const;

/** Who is signed in, if anybody is. */
export const identityOf = (state: SignInState): Identity | undefined => (state.kind === 'signedIn' ? state.identity : undefined);

const keyOf = (state: SignInState): string => {
  const identity = identityOf(state);
  if (!identity) return state.kind;
  return [registrationKey(identity), identity.account.id, identity.account.label].join('\n');
};

/** Whether nothing would change between two states. */
export const sameState = (one: SignInState, other: SignInState): boolean => keyOf(one) === keyOf(other);
