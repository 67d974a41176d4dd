/** What stands between the parts of a description. */
const separator = ' · ';

/** The parts that say something, in one line. */
export const inOneLine = (parts: readonly (string | undefined)[]): string =>
  parts.filter(part => part !== undefined && part !== '').join(separator);
