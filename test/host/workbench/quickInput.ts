import type { Locator, Page } from 'playwright-core';
import { press } from './press.ts';
import { exactly, plain } from './text.ts';

/** Milliseconds after which a person looks whether what was typed has arrived. */
export const lookAgain = 8_000;

/** Waits in the page until something stands in an input box. */
const filled = (box: HTMLElement | SVGElement): Promise<void> =>
  new Promise(resolve => {
    const look = (): void => {
      if ('value' in box && box.value !== '') resolve();
      else requestAnimationFrame(look);
    };
    look();
  });

/** The quick pick or input box at the top. */
export class QuickInput {
  private readonly page: Page;
  private readonly widget: Locator;
  private readonly box: Locator;

  constructor(page: Page) {
    this.page = page;
    // One that fades out is inert: it takes no keys any more.
    this.widget = page.locator('.quick-input-widget:not([inert])').filter({ visible: true });
    this.box = this.widget.locator('.quick-input-box input');
  }

  /** Waits until one is open whose title, placeholder or message has this text. */
  async waitFor(text: string | RegExp): Promise<void> {
    const told = this.widget.locator('.quick-input-title, .quick-input-message').filter({ hasText: text });
    const placeholder = this.widget.getByPlaceholder(text);
    await told.or(placeholder).first().waitFor();
  }

  /** Waits until none is open. */
  async waitForClosed(): Promise<void> {
    await this.widget.waitFor({ state: 'detached' });
  }

  /** Replaces what is in the box. `patience` in milliseconds. */
  async type(text: string, patience?: number): Promise<void> {
    await this.box.fill(text, patience ? { timeout: patience } : {});
  }

  /** Puts text at the cursor key by key, as a person types it. */
  async typeSlowly(text: string): Promise<void> {
    await this.box.pressSequentially(text, { delay: 20 });
  }

  /** Chooses a file in VS Code's own file dialog, by its path. The dialog puts its folder into the box when it is ready, over what was typed before. */
  async chooseFile(path: string): Promise<void> {
    const row = this.widget.locator('.quick-input-list .monaco-list-row', { hasText: path.slice(path.lastIndexOf('/') + 1) });
    for (let attempt = 1; ; attempt += 1) {
      await this.box.evaluate(filled);
      await this.box.press('Control+A');
      await this.box.pressSequentially(path);
      try {
        await row.first().waitFor({ timeout: lookAgain });
        return await this.accept();
      } catch (error) {
        if (attempt === 4) throw error;
      }
    }
  }

  /** Clicks an entry by its label. */
  async pick(label: string): Promise<void> {
    await this.entry(label).click();
  }

  /** Turns the check of an entry on or off, where many can be chosen. */
  async check(label: string): Promise<void> {
    // A click anywhere on the row does it; this part of it has neither a separator's label nor the hover of another row's name.
    const row = this.entry(label);
    await row.waitFor();
    const { width = 60 } = (await row.boundingBox()) ?? {};
    await row.click({ position: { x: width * 0.7, y: 10 } });
  }

  /** Checks all entries that are listed. */
  async checkAll(): Promise<void> {
    await this.widget.getByRole('checkbox', { name: 'Toggle all checkboxes' }).click();
  }

  /** Presses Enter: takes what is typed, focused or checked. */
  async accept(): Promise<void> {
    await this.box.press('Enter');
  }

  /** Presses Escape. */
  async cancel(): Promise<void> {
    await this.page.keyboard.press('Escape');
  }

  /** Presses a button in the title, or the OK button, by its name. */
  async pressButton(name: string): Promise<void> {
    await press(this.widget.getByRole('button', { name, exact: true }).first());
  }

  /** The labels on the screen; of a long list only those in sight. */
  async labels(): Promise<string[]> {
    return (await this.widget.locator('.quick-input-list .monaco-list-row .label-name').allInnerTexts()).map(plain);
  }

  /** The labels that are checked and on the screen. */
  async checkedLabels(): Promise<string[]> {
    const rows = this.widget.locator('.quick-input-list .monaco-list-row[aria-checked="true"] .label-name');
    return (await rows.allInnerTexts()).map(plain);
  }

  /** An entry by its label, to wait for or to look at. */
  entry(label: string): Locator {
    const name = this.page.locator('.label-name', { hasText: exactly(label) });
    return this.widget.locator('.quick-input-list .monaco-list-row').filter({ has: name }).first();
  }

  /** What stands below the box: a prompt or a complaint. */
  async message(): Promise<string> {
    return plain(await this.widget.locator('.quick-input-message').textContent());
  }
}
