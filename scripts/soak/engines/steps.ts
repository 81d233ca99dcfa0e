import { until } from '../lib/check.ts';
import type { Browser } from './browser.ts';

/** Ask for a page, and be led to it by way of the sign-in at another origin. */
export async function signIn(browser: Browser, origin: string, path: string, person = 'Ruth Ashby'): Promise<void> {
  await browser.go(origin + path);
  const button = `[...document.querySelectorAll('section')].find((one) => one.textContent.includes(${JSON.stringify(person)}))?.querySelector('button')`;
  await until('the sign-in is shown', () => browser.run(`return !!(${button})`));
  await browser.click(button);
  await until(`${path} is shown after the sign-in`, () => isSeen(browser));
}

/** Whether anything of a report can be seen. */
export const isSeen = (browser: Browser): Promise<boolean> =>
  browser.run(
    `return [...document.querySelectorAll('.top, #main')].some((each) => getComputedStyle(each).visibility === 'visible' && each.getClientRects().length > 0)`,
  );
