const decoded = (claims: string): string => {
  if (claims.trimStart().startsWith('{')) return claims.replaceAll('\\"', '"');
  const bytes = atob(claims.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes, byte => byte.charCodeAt(0)));
};

/**
 * The claims of a challenge, as JSON text, or undefined where the header has none that can be read.
 * A 401 without claims is a plain one: https://learn.microsoft.com/entra/identity-platform/claims-challenge
 *
 * @param header the value of `WWW-Authenticate`
 */
export function readClaims(header: string | null): string | undefined {
  const claims = /(?:^|[\s,])claims\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(header ?? '')?.[1];
  if (!claims) return undefined;
  try {
    const text = decoded(claims);
    JSON.parse(text);
    return text;
  } catch {
    // No token can be asked for with claims that nobody can read.
    return undefined;
  }
}
