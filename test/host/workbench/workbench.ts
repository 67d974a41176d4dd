import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { resultsDir } from '../run/paths.mjs';
import { Dialog } from './dialog.ts';
import { Editors } from './editors.ts';
import { Menu } from './menu.ts';
import { Notifications } from './notifications.ts';
import { lookAgain, QuickInput } from './quickInput.ts';
import { plain } from './text.ts';
import { TreeView } from './treeView.ts';

/** The workbench as a person has it: every method is a gesture, or reads what is on the screen. */
export class Workbench {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly dialog: Dialog;
  readonly menu: Menu;
  readonly notifications: Notifications;
  readonly editors: Editors;

  constructor(page: Page) {
    this.page = page;
    this.quickInput = new QuickInput(page);
    this.dialog = new Dialog(page);
    this.menu = new Menu(page);
    this.notifications = new Notifications(page);
    this.editors = new Editors(page);
  }

  /** Waits until the workbench stands and has an extension host. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.activitybar .action-item').first().waitFor();
  }

  /** Opens the palette, types in it, and waits for an entry. */
  async openPalette(text: string, entry: string): Promise<void> {
    await this.inPalette(text, () => this.quickInput.entry(entry).waitFor({ timeout: lookAgain }));
  }

  /** Runs a command from the palette, by its whole name, e.g. `Intune Scripts: Refresh`. */
  async runCommand(name: string): Promise<void> {
    await this.inPalette(name, () => this.quickInput.entry(name).click({ timeout: lookAgain }));
  }

  /** Whatever takes the focus closes the palette, even between two keys; a person opens it again. */
  private async inPalette(text: string, act: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      await this.page.keyboard.press('F1');
      try {
        await this.quickInput.type(`>${text}`, lookAgain);
        return await act();
      } catch (error) {
        if (attempt === 4) throw error;
      }
    }
  }

  /** Opens a container of the activity bar by its title, unless it is open. */
  async openContainer(title: string): Promise<void> {
    const item = this.page.locator('.part.activitybar .action-item', { has: this.page.locator(`[aria-label^="${title}"]`) }).first();
    const opened = this.page.locator('.part.sidebar .composite.title', { hasText: new RegExp(title, 'i') });
    await item.waitFor();
    // A window that was reloaded opens by itself what was open, and the click that comes then closes it; a person clicks again.
    for (let attempt = 1; ; attempt += 1) {
      if (!(await item.getAttribute('class'))?.includes('checked')) await item.click();
      try {
        return await opened.waitFor(attempt === 4 ? undefined : { timeout: 5_000 });
      } catch (error) {
        if (attempt === 4) throw error;
      }
    }
  }

  /** A tree view of the side bar by its name, e.g. `Scripts`. */
  view(name: string): TreeView {
    return new TreeView(this.page, name);
  }

  /** The entries of the status bar. */
  async statusBarItems(): Promise<string[]> {
    const items = await this.page.locator('.part.statusbar .statusbar-item').allInnerTexts();
    return items.map(plain).filter(text => text !== '');
  }

  /**
   * Goes through a Microsoft sign-in: allows it, opens the sign-in page, and waits until that has sent the browser back.
   *
   * @param start The gesture that asks for the sign-in.
   * @param choose What is chosen between the two, where VS Code asks for an account.
   * @returns What the permission dialog said.
   */
  async signIn(start: () => Promise<void>, choose?: () => Promise<void>): Promise<string> {
    const { said, opened } = await this.openSignInPage(start, choose);
    await this.comeBack(opened);
    return said;
  }

  /** The same up to the page, on which the test goes on. */
  async openSignInPage(
    start: () => Promise<void>,
    choose?: () => Promise<void>,
  ): Promise<{ readonly said: string; readonly opened: Page }> {
    await start();
    const { message: said } = await this.dialog.press('Allow');
    await choose?.();
    const popup = this.page.context().waitForEvent('page');
    await this.dialog.press('Open');
    return { said, opened: await popup };
  }

  /** Waits until the sign-in page has sent the browser back, and goes back too. */
  async comeBack(opened: Page): Promise<void> {
    if (!opened.isClosed()) await opened.waitForURL(url => url.hostname === '127.0.0.1').catch(ignoreClosed(opened));
    await this.page.bringToFront();
    if (!opened.isClosed()) await opened.close();
  }

  /** Closes a sign-in page that does not go back, and leaves the sign-in in VS Code as well. */
  async leaveSignIn(opened: Page): Promise<void> {
    await opened.close();
    await this.page.bringToFront();
    await this.notifications.press('Signing in to Microsoft', 'Cancel');
    await this.notifications.press('Would you like to try a different way?', 'No');
  }

  /** Takes a picture to look at, where `SCREENSHOTS=1` asks for them: all of them together take longer than what they show. */
  async screenshot(name: string): Promise<void> {
    if (process.env['SCREENSHOTS']) await this.picture(name);
  }

  /** Takes a picture into `test-results/`: a light and a dark one, where VS Code follows the colour scheme of the browser. */
  async picture(name: string): Promise<void> {
    await mkdir(resultsDir, { recursive: true });
    for (const [colorScheme, theme] of [
      ['light', 'vs'],
      ['dark', 'vs-dark'],
    ] as const) {
      await this.page.emulateMedia({ colorScheme });
      await this.page.locator(`.monaco-workbench.${theme}`).waitFor({ state: 'attached' });
      await this.page.screenshot({ animations: 'disabled', path: path.join(resultsDir, `${name}-${colorScheme}.png`) });
    }
  }

  /** Closes the page and what its browser context remembers. */
  async close(): Promise<void> {
    await this.page.context().close();
  }
}

/** The callback page may close itself before its address is seen. */
const ignoreClosed = (page: Page) => (error: unknown) => {
  if (!page.isClosed()) throw error;
};
