/** The root of the checkout. */
export const root: string;
/** A path inside the checkout. */
export function inRoot(...parts: readonly string[]): string;
/** What VS Code needs to run here, and what runs leave behind. Ignored by git. */
export const hostDir: string;
/** Screenshots and test counts. Ignored by git. */
export const resultsDir: string;
/** The packaged extension. */
export const vsix: string;
/** The Node that the `node` package brought, which is the one of today's VS Code. */
export const node24: string;
