/** What stands behind the word that announces a token, and what begins like one that is signed or encrypted: a header of JSON, in base64url. */
const token = /(\bbearer\s+)[^\s"',]{16,}|eyJ[\w-]{16,}(?:\.[\w-]*)*/gi;

/** What a service says, without a token that it was sent and says again: its words are shown, and written down where a write failed. */
export const withoutTokens = (text: string): string => text.replace(token, '$1***');
