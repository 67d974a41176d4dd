import type { Locator, Page } from 'playwright-core';
import { exactly } from './text.ts';

/** An open context menu, or the menu of a button. */
export class Menu {
  private readonly page: Page;
  private readonly all: Locator;

  constructor(page: Page) {
    this.page = page;
    this.all = page.locator('.monaco-menu .action-item');
  }

  /** Waits until one is open. `patience` in milliseconds. */
  async waitFor(patience?: number): Promise<void> {
    await this.all.first().waitFor(patience ? { timeout: patience } : {});
  }

  /** Leaves it. */
  async cancel(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.all.first().waitFor({ state: 'detached' });
  }

  /** Presses an entry. `patience` in milliseconds. */
  async press(entry: string, patience?: number): Promise<void> {
    const options = patience ? { timeout: patience } : {};
    const item = this.all.filter({ has: this.page.locator('.action-label', { hasText: exactly(entry) }) }).first();
    await item.waitFor(options);
    // A menu that has just opened ignores the release of the button that opened it, and a click as quick as that.
    for (let click = 1; ; click += 1) {
      await item.click(options);
      try {
        return await this.all.first().waitFor({ state: 'detached', timeout: 2_000 });
      } catch (error) {
        if (click === 4) throw error;
      }
    }
  }

  /** Its entries, without separators. */
  async entries(): Promise<string[]> {
    const labels = this.page.locator('.monaco-menu .action-item:not(.disabled) .action-label:not(.separator)');
    await labels.first().waitFor();
    return (await labels.allInnerTexts()).map(text => text.trim()).filter(text => text !== '');
  }
}
