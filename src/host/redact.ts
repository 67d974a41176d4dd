import { withoutUserInfo } from '../graph/failure.ts';

/** What the value of is a secret, by whatever it ends with (`client-secret`, `accessToken`), or the content of a script. */
const names = '[\\w-]*(?:token|secret|assertion|password|pwd|api[-_]?key)|(?:detection|remediation)?scriptContent';

/**
 * Up to the quote that ends the string, with as many backslashes as the one that began it, for JSON may stand in JSON text; to the end
 * where it was cut off; and to where a form or a list goes on where there are no quotes.
 */
const value = `(?:(\\\\*)(["'])(?:(?!(?<!\\\\)\\2\\3).)*|[^\\s&"',;]+)`;

/** What must not reach a log, and what stands there instead. */
const secrets: readonly (readonly [RegExp, string])[] = [
  // In a header, a text, or an address, where a space is written otherwise.
  [/(Bearer(?:\s|%20|\+)+)[^\s"',&]+/gi, '$1***'],
  [/(authorization(?:\\*["'])?\s*[:=]\s*(?:\\*["'])?)(?:[a-z]+\s+)?[^\s"',&]+/gi, '$1***'],
  // Tokens, signed and encrypted; the first of them also where it stands behind other letters.
  [/eyJ[\w-]+(?:\.|%2E)eyJ[\w-]*(?:(?:\.|%2E)[\w-]*)*/g, '***'],
  [/(?<![A-Za-z])eyJ[\w-]+(?:(?:\.|%2E)[\w-]*)*/g, '***'],
  [new RegExp(`(?<![\\w-])((?:${names})(?:\\\\*["'])?\\s*(?:[:=]|%3D)\\s*)${value}`, 'gis'), '$1$2$3***'],
  [/(?<![a-z_-])((?:code|sig)(?:=|%3D))[^&\s"']+/gi, '$1***'],
  // Guests have # in their names, and addresses in a URL %40 for @.
  [/(?<![\p{L}\p{N}\p{M}.+%#'_-])[\p{L}\p{N}\p{M}.+%#'_-]+(?:@|%40)[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+/gu, '***'],
  // DOMAIN\user, in JSON with two backslashes, but no part of a path. Domains of this kind have at most 15 characters.
  [
    /(?<![\\/:\p{L}\p{N}_.-])[\p{L}\p{N}][\p{L}\p{N}_.-]{0,14}\\{1,2}[\p{L}\p{N}][\p{L}\p{N}\p{M}_.$-]*(?![\p{L}\p{N}\p{M}_.$\\/-])/gu,
    '***',
  ],
  [/([\\/](?:Users|home)[\\/]+)[^\\/\s:"']+/g, '$1***'],
];

/** Longer lines are cut, in characters: looking for secrets takes the square of it at worst. */
const longest = 8_000;

/** Cut between two words: nobody can tell what a part of a secret or of a name is. */
const cut = (line: string): string => (line.length > longest ? `${line.slice(0, line.lastIndexOf(' ', longest) + 1)}…` : line);

/** A line for the log, without tokens, secrets, contents of scripts and user names. Cut after 8,000 characters. */
export const redact = (line: string): string =>
  secrets.reduce((text, [secret, instead]) => text.replace(secret, instead), withoutUserInfo(cut(line)));
