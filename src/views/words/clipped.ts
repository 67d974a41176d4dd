const longestName = 120;

/** In a list, a name leaves room for what is said of it. */
export const longestListed = 34;

/** A name that fits into a line of a dialog. */
export const clipped = (name: string, longest = longestName): string => {
  const characters = [...name];
  return characters.length > longest
    ? `${characters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
    : name;
};
