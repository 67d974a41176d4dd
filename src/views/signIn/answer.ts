/** What a step of a dialog ends with: a value, the Back button, or nothing because it was closed. */
export type Answer<Value> = { readonly kind: 'value'; readonly value: Value } | { readonly kind: 'back' } | { readonly kind: 'cancelled' };

/** Where a step stands, as VS Code shows it: "(2/3)". */
export interface Step {
  readonly step: number;
  readonly totalSteps: number;
}

export const answered = <Value>(value: Value): Answer<Value> => ({ kind: 'value', value });
export const back: Answer<never> = { kind: 'back' };
export const closed: Answer<never> = { kind: 'cancelled' };
