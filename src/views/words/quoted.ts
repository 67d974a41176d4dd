/** A name inside a sentence or a title, so that it is seen where it begins and ends. */
export const quoted = (name: string): string => `“${name}”`;
