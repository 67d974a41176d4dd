const names = 'client_secret|clientSecret|refresh_token|access_token|id_token|client_assertion|password';
const contents = 'scriptContent|detectionScriptContent|remediationScriptContent';

/** What must not reach a log, and what stands there instead. JSON may stand in JSON text, with a backslash before each quote. */
const secrets: readonly (readonly [RegExp, string])[] = [
  [/\bBearer\s+[^\s"',]+/gi, 'Bearer ***'],
  [/\beyJ[\w-]+(\.[\w-]+)*/g, '***'],
  [new RegExp(`\\b(${names}|code|sig)=[^&\\s"']+`, 'gi'), '$1=***'],
  // Up to the quote that ends the string, with as many backslashes as the one that began it, or to the end where it was cut off.
  [new RegExp(`((\\\\*)"(?:${names}|${contents})\\2"\\s*:\\s*\\2")(?:(?!(?<!\\\\)\\2").)*`, 'gis'), '$1***'],
  // Guests have # in their names, and addresses in a URL %40 for @.
  [/[\p{L}\p{N}\p{M}.+%#'_-]+(?:@|%40)[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+/gu, '***'],
];

/** A line for the log, without tokens, secrets, contents of scripts and user names. */
export const redact = (line: string): string => secrets.reduce((text, [secret, instead]) => text.replace(secret, instead), line);
