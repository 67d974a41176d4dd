import type { GraphError } from './errors.ts';

/** What became of one request of several. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: GraphError };

export const succeeded = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const failed = (error: GraphError): Outcome<never> => ({ ok: false, error });
