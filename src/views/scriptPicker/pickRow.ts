/** A row of a quick pick, before VS Code is asked for anything. All texts are plain. */
export type PickRow<Value> =
  | { readonly kind: 'separator'; readonly label: string }
  | {
      readonly kind: 'choice';
      readonly label: string;
      readonly value: Value;
      readonly description?: string;
      /** A line of its own below the label. */
      readonly detail?: string;
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

/** How a question stands among others. */
export interface StepOptions {
  /** Whether a way back is offered. */
  readonly back?: boolean;
  /** Shown by VS Code as "(2/3)". */
  readonly step?: number;
  readonly totalSteps?: number;
}

/** What a question ends with; undefined when it is left. */
export type Answer<Value> = { readonly kind: 'picked'; readonly value: Value } | { readonly kind: 'back' } | undefined;

/** Asks for one row. */
export type PickOne = <Value>(rows: readonly PickRow<Value>[], words: PickWords, options?: StepOptions) => Promise<Answer<Value>>;

/** Asks for any number of rows; undefined when it is left. */
export type PickMany = <Value>(rows: readonly PickRow<Value>[], words: PickWords) => Promise<readonly Value[] | undefined>;
