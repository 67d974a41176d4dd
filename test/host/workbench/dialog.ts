import type { Locator, Page } from 'playwright-core';
import { exactly, plain } from './text.ts';

/** What a modal dialog says. */
export interface DialogText {
  readonly message: string;
  /** The smaller text, with its line breaks. */
  readonly detail: string;
  readonly buttons: readonly string[];
}

/** The modal dialog in the middle. */
export class Dialog {
  private readonly page: Page;
  private readonly box: Locator;

  constructor(page: Page) {
    this.page = page;
    this.box = page.locator('.monaco-dialog-box').filter({ visible: true });
  }

  /** Waits for a dialog, and reads it. */
  async read(): Promise<DialogText> {
    await this.box.waitFor();
    return {
      message: plain(await this.box.locator('.dialog-message-text').textContent()),
      detail: (await this.box.locator('.dialog-message-detail').allInnerTexts()).join('\n').replaceAll('\u00a0', ' ').trim(),
      buttons: (await this.box.locator('.dialog-buttons .monaco-button').allInnerTexts()).map(plain),
    };
  }

  /**
   * Waits for a dialog with this button, reads it, and presses the button.
   *
   * @returns What the dialog said.
   */
  async press(button: string): Promise<DialogText> {
    const target = this.box.locator('.monaco-button', { hasText: exactly(button) });
    await target.waitFor();
    const said = await this.read();
    const same = this.box.filter({ has: this.page.locator('.dialog-message-text', { hasText: exactly(said.message) }) });
    // A dialog that has just opened may miss a click.
    for (let click = 1; ; click += 1) {
      await target.click();
      try {
        await same.waitFor({ state: 'detached', timeout: 5_000 });
        return said;
      } catch (error) {
        if (click === 4) throw error;
      }
    }
  }
}
