/** UTF-8 text as base64, the form of Edm.Binary in JSON. */
export function toBase64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), byte => String.fromCharCode(byte)).join(''));
}

/** The UTF-8 text in base64, undefined if it is not base64. */
export function fromBase64(text: string): string | undefined {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), character => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}
