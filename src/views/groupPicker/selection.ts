import type { Choice } from './choice.ts';

/**
 * What is picked. VS Code forgets all checks when the rows change and tells so as if the user had done it; and it tells of rows by their place, so
 * that a check on its way while the rows change names another row than the user's. This keeps the user's choices apart from both.
 */
export class GroupSelection {
  #picked = new Map<string, Choice>();
  #restoring = false;
  #missed = false;

  get choices(): readonly Choice[] {
    return [...this.#picked.values()];
  }

  /** The rows are about to change: events tell nothing of the user until all checks stand again, or {@link restored}. */
  restore(): void {
    this.#restoring = this.#picked.size > 0;
  }

  /** Events are the user's from here on. Returns whether one was passed over by which some check may show that is not picked. */
  restored(): boolean {
    const missed = this.#missed;
    this.#restoring = false;
    this.#missed = false;
    return missed;
  }

  /** Takes an event of the picker. All that is picked is always among the rows, so an event tells the whole selection. */
  take(checked: readonly Choice[]): void {
    if (checked.length === this.#picked.size && checked.every(({ id }) => this.#picked.has(id))) {
      this.restored();
      return;
    }
    if (this.#restoring) this.#missed ||= checked.length > 0;
    else this.#picked = new Map(checked.map(choice => [choice.id, choice]));
  }
}
