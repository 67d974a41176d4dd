import fc from 'fast-check';
import { hostileText } from './hostile.ts';
import { textMutation } from './mutate.ts';

/** A text that is changed some times. */
export const near = (...texts: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    fc
      .tuple(fc.constantFrom(...texts), fc.array(textMutation, { maxLength: 3 }))
      .map(([text, changes]) => changes.reduce((now, change) => change(now), text)),
    hostileText,
  );
