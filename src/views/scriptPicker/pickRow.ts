/** A row of a quick pick, before VS Code is asked for anything. All texts are plain. */
export type PickRow<Value> =
  | { readonly kind: 'separator'; readonly label: string }
  | {
      readonly kind: 'choice';
      readonly label: string;
      readonly value: Value;
      readonly description?: string;
      /** Name of a product icon. */
      readonly icon?: string;
      /** Whether it is checked from the start, where many can be. */
      readonly picked?: boolean;
    };

/** The words around the rows. */
export interface PickWords {
  readonly title: string;
  readonly placeholder: string;
}

/** Asks for one row. `back` only where a way back is offered; undefined when it is left. */
export type PickOne = <Value>(
  rows: readonly PickRow<Value>[],
  words: PickWords,
  options?: { readonly back?: boolean },
) => Promise<{ readonly kind: 'picked'; readonly value: Value } | { readonly kind: 'back' } | undefined>;

/** Asks for any number of rows; undefined when it is left. */
export type PickMany = <Value>(rows: readonly PickRow<Value>[], words: PickWords) => Promise<readonly Value[] | undefined>;
