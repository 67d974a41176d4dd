/**
 * JSON as it is sent, for people to read and for other tools to send. Characters beyond ASCII are escaped, so that no tool's idea of an
 * encoding changes them and no quotation mark of theirs ends a PowerShell string; so is what clients of `.http` files take for a variable.
 */
export const planJson = (value: unknown): string =>
  JSON.stringify(value, undefined, 2)
    .replace(/[^\x20-\x7E\n]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('{{', '\\u007b\\u007b');
