import { SignIn, type SignInParts } from './signIn.ts';
import { tierReason } from './tierWords.ts';

/** Sign-in with VS Code's own accounts. */
export const createSignIn = (parts: Omit<SignInParts, 'detail'>): SignIn => new SignIn({ ...parts, detail: tierReason });
