import { redact } from '../host/redact.ts';

/** In front of the reason, as MSAL words what the token endpoint says: `ResponseHandler.validateTokenResponse` of @azure/msal-common. */
const preamble = /^(?:[\w ]+: )?Error\(s\): .{1,60}? - Timestamp: .{1,60}? - Description: /;

/** Behind it: ids and times for the support of Microsoft Entra, which are in its sign-in logs. */
const appendix = /(?:\s|-){0,20}\b(?:Trace ID|Correlation ID|Timestamp):.*$/i;

/** Longer texts are cut, in characters; between two words where there are any. */
const longest = 300;

const cut = (text: string): string =>
  text.length > longest ? `${text.slice(0, text.lastIndexOf(' ', longest)).slice(0, longest)}…` : text;

/**
 * Why somebody who hands out tokens refused, as one line of at most 300 characters and a few: without ids for the support, and without
 * tokens, secrets and user names, for nobody else looks at what a library puts into its errors.
 */
export function providerText(error: unknown): string {
  const text = redact((error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim());
  const reason = text.replace(preamble, '');
  return cut(reason.replace(appendix, '') || reason);
}
