import type { Choice } from './choice.ts';

/**
 * What is picked. VS Code forgets all checks when the rows change and tells so as if the user had done it; this keeps the
 * user's choices apart from such echoes.
 */
export class GroupSelection {
  #picked = new Map<string, Choice>();
  #restoring = false;

  get choices(): readonly Choice[] {
    return [...this.#picked.values()];
  }

  /** The rows are about to change: an event without any check is VS Code's until {@link restored}. */
  restore(): void {
    this.#restoring = this.#picked.size > 0;
  }

  /** The checks stand again: events are the user's from here on. */
  restored(): void {
    this.#restoring = false;
  }

  /** Takes an event of the picker. All that is picked is always among the rows, so an event tells the whole selection. */
  take(checked: readonly Choice[]): void {
    if (this.#restoring && checked.length === 0) return;
    if (checked.length === this.#picked.size && checked.every(({ id }) => this.#picked.has(id))) {
      this.#restoring = false;
      return;
    }
    this.#picked = new Map(checked.map(choice => [choice.id, choice]));
  }
}
