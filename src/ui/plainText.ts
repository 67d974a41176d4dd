/** What breaks a line, in any way. */
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/** Controls that are never seen: C0 and C1, bidi overrides, embeddings, isolates and marks, zero-width characters, tags. */
const controls =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

/** Joiners shape emoji and the letters of some scripts; anywhere else they only hide. */
const strayJoiners =
  /(?<!\uFE0F|[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Mongolian}])[\u200C\u200D]/gu;

/**
 * Text of a tenant as one line that shows what it is: no control characters, no bidi controls and nothing of zero width.
 * Text that runs from right to left stays as it is.
 */
export const plainText = (text: string): string =>
  text
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(breaks, ' ')
    .replace(controls, '')
    .replace(strayJoiners, '');

/** Letters that look like nothing. */
const blank = /^[\s\u115F\u1160\u2800\u3164\uFFA0]*$/;

/** What stands for a space at the edge of a name, where nobody would see it. */
const visibleSpace = '\u2423';

/** A name as it is shown; undefined where nothing of it would be seen. Spaces at its edges are made visible. */
export function visibleName(name: string | undefined): string | undefined {
  const plain = plainText(name ?? '');
  if (blank.test(plain)) return undefined;
  return plain.replace(/^\s+|\s+$/g, spaces => visibleSpace.repeat(spaces.length));
}

/** For the labels of quick picks and the status bar, in which `$(name)` would be an icon. */
export const withoutIcons = (text: string): string => text.replace(/\\?\$(?=\()/g, '\\$');

/** For notifications, in which `[text](command:...)` would be a link. */
export const withoutLinks = (text: string): string => text.replace(/\](?=\()/g, '] ');

/** For Markdown, whose readers make a link of an address by themselves, whatever else of it is text. */
export const withoutAutolinks = (markdown: string): string => markdown.replace(/@|:(?=\/\/)|(?<=\bwww)\./gi, '\\$&');

/** What means something in Markdown, and what readers of it make a link of by themselves. An underscore within a word means nothing. */
const special = /[\\`*[\]<>|~&!#$@]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|:(?=\/\/)|(?<=\bwww)\./giu;

/** Text of a tenant as text in Markdown, in one line. */
export const markdownText = (text: string): string => plainText(text).replace(special, '\\$&');
