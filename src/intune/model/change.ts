import type { Assignment, AssignmentEdit } from './assignment.ts';

/** Which row a change is about: the one with this target key, or, where it was the only one of its recipient (`alone`), whatever is there for it. */
export interface RowRef {
  readonly targetKey: string;
  readonly alone?: true | undefined;
}

/** What is wanted of one script's assignments. */
export type Change =
  /**
   * Reaches or excludes somebody more. Whom there is a row for already stays as it is; `beside` does not count what the same plan adds.
   * `opposite`: a row that does the opposite for the same group goes for it; else the new one is left out.
   */
  | {
      readonly kind: 'add';
      readonly assignment: Assignment;
      readonly beside?: true | undefined;
      readonly opposite?: 'replace' | undefined;
    }
  /**
   * Replaces the row with the target key `replaces` or its own, else what is there for the same recipient, unless it is to stand `beside` that;
   * or adds it. What `replaces` names and is gone is not brought back.
   */
  | { readonly kind: 'set'; readonly assignment: Assignment; readonly replaces?: string | undefined; readonly beside?: true | undefined }
  /** Changes parts of a row, whatever the rest of it is by now. */
  | ({ readonly kind: 'edit'; readonly edit: AssignmentEdit } & RowRef)
  /** Puts a row in the place of the one that does the opposite for its group. */
  | ({ readonly kind: 'turn'; readonly assignment: Assignment } & RowRef)
  /** Removes the row with this target key. */
  | { readonly kind: 'remove'; readonly targetKey: string };
