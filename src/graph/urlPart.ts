/** Any text as a part of an address; what is no text, half of a surrogate pair, as the sign for that. `encodeURIComponent` throws for it. */
export const urlPart = (text: string): string => encodeURIComponent(text.toWellFormed());
