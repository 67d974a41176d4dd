const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JSON web token whose signature nobody checks: the Microsoft provider reads claims only, and Graph is ours. */
export const makeToken = (claims: Readonly<Record<string, unknown>>): string =>
  [encode({ typ: 'JWT', alg: 'RS256', kid: 'test' }), encode(claims), 'not-signed'].join('.');

/** Base64url-encoded JSON, as in `client_info`. */
export const encodePart = encode;

/** The claims of a token; undefined for what is none. */
export function decodeClaims(token: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
