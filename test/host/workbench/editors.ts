import type { Locator, Page } from 'playwright-core';
import { Menu } from './menu.ts';
import { press } from './press.ts';
import { plain, startingWith } from './text.ts';

/** The editors in the middle. */
export class Editors {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until the editor in front has this title, or one that starts with it. */
  async waitFor(title: string): Promise<void> {
    await this.page.locator('.part.editor .tab.active .label-name', { hasText: startingWith(title) }).waitFor();
  }

  /** The titles of the tabs. */
  async titles(): Promise<string[]> {
    return (await this.page.locator('.part.editor .tab .label-name').allInnerTexts()).map(plain);
  }

  /** The lines in sight of the editor in front; of a diff, of its two sides one after the other. */
  async text(): Promise<string> {
    const sides = this.page.locator('.part.editor .editor-instance .view-lines');
    await sides.first().waitFor();
    const lines = await sides.evaluateAll(all =>
      all.flatMap(side =>
        [...side.querySelectorAll<HTMLElement>('.view-line')]
          .toSorted((a, b) => Number.parseFloat(a.style.top) - Number.parseFloat(b.style.top))
          .map(line => line.textContent),
      ),
    );
    return lines.map(line => line.replaceAll('\u00a0', ' ')).join('\n');
  }

  /** Presses an entry of the menu in the title bar of the editor. */
  async pressMoreAction(name: string): Promise<void> {
    // The title bar of a diff is drawn anew once the two sides are compared, and takes the menu with it.
    for (let attempt = 1; ; attempt += 1) {
      await this.openMoreActions();
      try {
        return await new Menu(this.page).press(name, 5_000);
      } catch (error) {
        if (attempt === 4) throw error;
      }
    }
  }

  /** Opens the menu in the title bar of the editor. It opens as the mouse goes down, so that the button gets no click. */
  async openMoreActions(): Promise<void> {
    await this.titleAction('More Actions').click();
  }

  /** Presses an action in the title bar of the editor. */
  async pressTitleAction(name: string): Promise<void> {
    await press(this.titleAction(name));
  }

  private titleAction(name: string): Locator {
    return this.page.locator('.part.editor .editor-actions').getByRole('button', { name }).first();
  }
}
