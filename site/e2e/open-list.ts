import type { Page } from '@playwright/test';

/**
 * Opens the list of calls at an address. Where the page has it already, it is asked for another address as "Back" and "Forward" do: to
 * load it anew takes ten times as long. What was listed before is gone when this returns.
 * @param url of the list, with what it is to hold
 */
export async function openList(page: Page, url: string): Promise<void> {
  const isThere = await page.evaluate(async (to) => {
    const { origin, pathname } = new URL(to);
    const { classList } = document.documentElement;
    if (origin !== location.origin || pathname !== location.pathname || !classList.contains('explored')) return false;
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    return true;
  }, url);
  if (!isThere) await page.goto(url);
}
