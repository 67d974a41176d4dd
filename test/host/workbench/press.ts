import type { Locator } from 'playwright-core';

/**
 * Clicks a button or a link. One that is drawn anew between the press and the release of the mouse gets no click, and a person clicks again:
 * so does this, where the page has seen none.
 */
export async function press(button: Locator): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const clicked = await button.page().evaluateHandle(() => {
      const seen = { click: false };
      const see = ({ target }: Event): void => {
        seen.click = target instanceof Element && target.closest('a, button, [role="button"]') !== null;
      };
      document.addEventListener('click', see, { capture: true, once: true });
      return seen;
    });
    await button.click();
    if (await clicked.evaluate(({ click }) => click)) return;
    if (attempt === 4) throw new Error(`No click reached ${button}.`);
  }
}
