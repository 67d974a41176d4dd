/** What must not reach a log, and what stands there instead. */
const secrets: readonly (readonly [RegExp, string])[] = [
  [/\bBearer\s+[^\s"',]+/gi, 'Bearer ***'],
  [/\beyJ[\w-]+(\.[\w-]+)*/g, '***'],
  [/\b(client_secret|refresh_token|access_token|id_token|code|client_assertion|sig)=[^&\s"']+/gi, '$1=***'],
  [/("(?:scriptContent|detectionScriptContent|remediationScriptContent)"\s*:\s*)"[^"]*"/g, '$1"***"'],
  [/[\w.+%-]+@[\w-]+(\.[\w-]+)+/g, '***'],
];

/** A line for the log, without tokens, secrets, contents of scripts and user names. */
export const redact = (line: string): string => secrets.reduce((text, [secret, instead]) => text.replace(secret, instead), line);
