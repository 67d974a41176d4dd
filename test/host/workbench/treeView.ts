import type { Locator, Page } from 'playwright-core';
import { Menu } from './menu.ts';
import { press } from './press.ts';
import { exactly, plain, startingWith } from './text.ts';

/** A row as it is on the screen. */
export interface TreeRow {
  /** The accessible label, which is what a screen reader says. */
  readonly label: string;
  readonly level: number;
  /** Undefined for a row without children. */
  readonly expanded: boolean | undefined;
  readonly selected: boolean;
}

const nameOf = (label: string | RegExp): RegExp => (typeof label === 'string' ? startingWith(label) : label);

/** A tree view of the side bar. Rows are found by their accessible label, or the start of it. */
export class TreeView {
  private readonly page: Page;
  private readonly pane: Locator;
  private readonly header: Locator;
  private readonly menu: Menu;

  constructor(page: Page, name: string) {
    this.page = page;
    this.menu = new Menu(page);
    const header = page.locator('.pane-header').filter({ has: page.locator('.title', { hasText: exactly(name) }) });
    this.pane = page.locator('.part.sidebar .pane').filter({ has: header });
    this.header = this.pane.locator('.pane-header');
  }

  /** Opens the view where its header is collapsed. */
  async open(): Promise<void> {
    await this.header.waitFor();
    if ((await this.header.getAttribute('aria-expanded')) === 'false') await this.header.click();
  }

  /** The text beside the view's name. */
  async description(): Promise<string> {
    return plain(await this.header.locator('.description').textContent());
  }

  /** The message above the rows. */
  async message(): Promise<string> {
    return plain(await this.pane.locator('.message').textContent());
  }

  /** Waits until this text stands beside the view's name. */
  async waitForDescription(text: string): Promise<void> {
    await this.header.locator('.description').filter({ hasText: text }).waitFor();
  }

  /** Waits until the message above the rows is like this. */
  async waitForMessage(text: RegExp): Promise<void> {
    await this.pane.locator('.message').filter({ hasText: text }).waitFor();
  }

  /** What the view shows while it has no rows. */
  welcome(): Locator {
    return this.pane.locator('.welcome-view-content');
  }

  /** Presses a button or link of the welcome view. */
  async pressWelcomeButton(name: string): Promise<void> {
    await press(this.welcome().getByRole('button', { name }).or(this.welcome().getByRole('link', { name })).first());
  }

  /** Presses an action in the view's title bar. */
  async pressTitleAction(name: string): Promise<void> {
    await this.header.hover();
    await press(this.header.getByRole('button', { name }).first());
  }

  /** The rows on the screen. */
  async rows(): Promise<TreeRow[]> {
    return this.pane.locator('[role="treeitem"]').evaluateAll(rows =>
      rows
        // The order in the document is that of drawing, not of the list.
        .toSorted((a, b) => Number(a.getAttribute('data-index')) - Number(b.getAttribute('data-index')))
        .map(row => ({
          label: row.getAttribute('aria-label') ?? '',
          level: Number(row.getAttribute('aria-level')),
          expanded: row.hasAttribute('aria-expanded') ? row.getAttribute('aria-expanded') === 'true' : undefined,
          selected: row.getAttribute('aria-selected') === 'true',
        })),
    );
  }

  /** A row, to wait for or to look at. It is there only while it is in sight; see `scrollTo`. */
  row(label: string | RegExp): Locator {
    return this.pane.getByRole('treeitem', { name: nameOf(label) }).first();
  }

  /**
   * Brings a row into sight: a long list draws only the part in view.
   *
   * @throws Error where the list ends without it.
   */
  async scrollTo(label: string | RegExp): Promise<Locator> {
    const row = this.row(label);
    await this.pane.locator('[role="treeitem"]').first().waitFor();
    await this.pane.locator('.monaco-list').focus();
    await this.page.keyboard.press('Home');
    const focused = this.pane.locator('[role="treeitem"].focused');
    for (let before = ''; ; ) {
      if (await row.isVisible()) return row;
      const at = (await focused.getAttribute('data-index')) ?? '';
      if (at === before)
        throw new Error(`No row "${label}" in the view. In sight: ${(await this.rows()).map(({ label: text }) => text).join(' | ')}`);
      before = at;
      await this.page.keyboard.press('PageDown');
    }
  }

  /** Unfolds a row, and waits until its children are there, as far as they are in sight. */
  async expand(label: string | RegExp): Promise<void> {
    await this.fold(label, true);
    const row = this.row(label);
    const [index, level] = [Number(await row.getAttribute('data-index')), Number(await row.getAttribute('aria-level'))];
    const next = this.pane.locator(`[role="treeitem"][data-index="${index + 1}"]`);
    // A row says that it is unfolded as soon as its children are asked for.
    if (await next.isVisible()) await next.and(this.pane.locator(`[aria-level="${level + 1}"]`)).waitFor();
  }

  /** Folds a row. */
  async collapse(label: string | RegExp): Promise<void> {
    await this.fold(label, false);
  }

  private async fold(label: string | RegExp, expanded: boolean): Promise<void> {
    const row = this.row(label);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) === String(expanded)) return;
    const done = this.pane.getByRole('treeitem', { name: nameOf(label), expanded }).first();
    // A row that is drawn anew between press and release of the button does not get the click, so a person clicks again.
    for (let click = 1; ; click += 1) {
      await row.locator('.monaco-tl-twistie').click();
      try {
        return await done.waitFor({ timeout: 3_000 });
      } catch (error) {
        if (click === 4) throw error;
      }
    }
  }

  /** Selects rows: a click, and further ones with Ctrl held. */
  async select(...labels: readonly (string | RegExp)[]): Promise<void> {
    for (const [index, label] of labels.entries()) await this.row(label).click(index === 0 ? {} : { modifiers: ['Control'] });
  }

  /** Selects `count` rows from the one after the first row of the view on, with the keyboard alone. */
  async selectBelowFirst(count: number): Promise<void> {
    await this.pane.locator('.monaco-list').focus();
    await this.page.keyboard.press('Home');
    await this.page.keyboard.press('ArrowDown');
    // The focused row is not selected yet, and the first press selects no more than its neighbour.
    for (let selected = 0; selected < count; selected += 1) await this.page.keyboard.press('Shift+ArrowDown');
  }

  /** Opens the context menu of the focused row with the keyboard, and presses an entry. */
  async contextMenuOfFocused(entry: string): Promise<void> {
    await this.page.keyboard.press('Shift+F10');
    await this.menu.press(entry);
  }

  /** Drags a row onto a row of this or another view with the mouse, step by step as a hand does, and lets it go there. */
  async drag(label: string | RegExp, onto: Locator): Promise<void> {
    const target = onto.locator('xpath=ancestor-or-self::*[contains(@class, "drop-target")]').first();
    // While children are read rows move, and one that is drawn anew drops out of the hand; a person takes it again.
    for (let attempt = 1; ; attempt += 1) {
      await onto.waitFor();
      await this.row(label).hover();
      await this.page.mouse.down();
      await this.moveOver(onto);
      try {
        await target.waitFor(attempt === 4 ? undefined : { timeout: 5_000 });
        return await this.page.mouse.up();
      } catch (error) {
        if (attempt === 4) throw error;
        // Nothing takes a row there.
        await this.page.locator('.part.statusbar').hover({ force: true });
        await this.page.mouse.up();
      }
    }
  }

  private async moveOver(row: Locator): Promise<void> {
    const { x, y, width, height } = (await row.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    // The tree looks at what is dragged over it only when the pointer moves there.
    await this.page.mouse.move(x + width / 3, y + height / 2 - 3, { steps: 12 });
    await this.page.mouse.move(x + width / 3, y + height / 2, { steps: 4 });
  }

  /** Opens a row's context menu, and presses an entry where one is named. */
  async contextMenu(label: string | RegExp, entry?: string): Promise<void> {
    // While a tenant is read rows move, and the menu may be another row's; a person sees that by its frame.
    const framed = this.row(label).and(this.page.locator('.focused'));
    for (let click = 1; ; click += 1) {
      await this.row(label).click({ button: 'right' });
      try {
        await this.menu.waitFor(click === 4 ? undefined : 5_000);
      } catch (error) {
        // A row that is drawn anew under the pointer, or whose hover comes at that moment, has no menu; a person clicks again.
        if (click === 4) throw error;
        continue;
      }
      if (click === 4 || (await framed.isVisible())) break;
      await this.menu.cancel();
    }
    if (entry !== undefined) await this.menu.press(entry);
  }

  /** Presses an inline action of a row, which is there while the pointer is over it. */
  async pressInlineAction(label: string | RegExp, action: string): Promise<void> {
    const row = this.row(label);
    const button = row.getByRole('button', { name: action }).first();
    // A tree that is drawn anew under the mouse shows no actions until the mouse moves again.
    for (let attempt = 1; ; attempt += 1) {
      await row.hover();
      const isShown = await button.waitFor({ timeout: 5_000 }).then(
        () => true,
        () => false,
      );
      if (isShown || attempt === 5) break;
      await this.page.mouse.move(0, 0);
    }
    await press(button);
  }
}
