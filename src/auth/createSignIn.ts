import { SignIn, type SignInParts } from './signIn.ts';
import { tierReason } from './tierWords.ts';
import { vscodeSessions } from './vscodeSessions.ts';

/** Sign-in with VS Code's own accounts. */
export const createSignIn = (parts: Pick<SignInParts, 'registration' | 'store' | 'clock'>): SignIn =>
  new SignIn({ ...parts, sessions: vscodeSessions, detail: tierReason });
