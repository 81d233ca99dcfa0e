import { expect, type Page, test } from '@playwright/test';
import { CASES, type Case, messageOf } from '../../generator/digest/fixtures/mails.ts';
import { openTemplates } from '../../generator/digest/mail/template.ts';
import { look } from './axe.ts';

/** WCAG 2, A and AA: what asks for landmarks is for pages, and a mail is shown within one. */
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Show a mail as a client does that keeps all of it. @returns what it asked the network for */
async function open(page: Page, name: Case): Promise<string[]> {
  const asked: string[] = [];
  page.on('request', (request) => !request.url().startsWith('data:') && asked.push(request.url()));
  await page.setContent((await messageOf(name, await openTemplates())).html);
  return asked;
}

for (const name of CASES) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`a digest can be read by everybody: ${name}, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      const asked = await open(page, name);
      const { violations, passes } = await look(page, WCAG);
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      expect(passes.map(({ id }) => id)).toContain('color-contrast');
      expect(asked).toEqual([]);
    });
  }

  test(`a digest is no wider than a phone: ${name}`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 900 });
    await open(page, name);
    const [wide, shown] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(wide).toBeLessThanOrEqual(shown ?? 0);
  });
}
