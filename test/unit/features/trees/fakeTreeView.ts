import type { ViewBadge } from 'vscode';

/** As much of a tree view as somebody opens and closes, and as its owner writes on. */
export class FakeTreeView {
  visible = false;
  badge: ViewBadge | undefined;
  message: string | undefined;
  description: string | undefined;
  readonly #listeners = new Set<(event: { readonly visible: boolean }) => void>();

  readonly onDidChangeVisibility = (listener: (event: { readonly visible: boolean }) => void): { dispose(): void } => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  setVisible(visible: boolean): void {
    this.visible = visible;
    for (const listener of [...this.#listeners]) listener({ visible });
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
