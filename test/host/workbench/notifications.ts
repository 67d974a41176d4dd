import type { Locator, Page } from 'playwright-core';
import { press } from './press.ts';
import { plain } from './text.ts';

/** Notifications: the toasts at the bottom right, or the notification centre where toasts are kept off the screen. */
export class Notifications {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** A notification with this text, to wait for or to look at. */
  item(text: string | RegExp): Locator {
    const shown = '.notifications-toasts .notification-list-item, .notifications-center.visible .notification-list-item';
    return this.page.locator(shown).filter({ hasText: text }).first();
  }

  /** Waits for a notification, and answers all it says. */
  async read(text: string | RegExp): Promise<string> {
    const message = this.item(text).locator('.notification-list-item-message');
    await message.waitFor();
    return plain(await message.textContent());
  }

  /** Presses a button of a notification. */
  async press(text: string | RegExp, button: string): Promise<void> {
    await press(this.item(text).getByRole('button', { name: button }).first());
  }

  /** Opens the notification centre, which also has what was shown earlier. */
  async openCenter(): Promise<void> {
    await this.page.locator('[id="status.notifications"] a').first().click();
    await this.page.locator('.notifications-center.visible').waitFor();
  }
}
