/** A moment as Intune writes it, with 7 decimals. */
export const intuneTime = (ms: number): string => new Date(ms).toISOString().replace('Z', '0000Z');

/** A moment as the directory writes it, without decimals. */
export const directoryTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
