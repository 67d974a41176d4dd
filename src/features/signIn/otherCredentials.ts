// Credentials other than VS Code's, which load when the user has chosen one of them, or signs out.
export { identityCredential } from '../../auth/identity/identityCredential.ts';
export { createIdentitySessions } from '../../auth/identity/identitySessions.ts';
export { credentialPrompts } from './credentialPrompts.ts';
