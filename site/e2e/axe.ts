import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** The rules for which it matters in which colours a page is shown. */
const OF_COLORS = ['color-contrast', 'link-in-text-block'];

// Pages have no frame of another origin, so that axe need not put its results together on a page of their own.
const axeOn = (page: Page): AxeBuilder =>
  new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();

/**
 * Looks at a page as it stands. Of what is right only which rules held, for to name each element takes longer than to look at it.
 * @param tags of the rules to look by; by default all
 */
export function look(page: Page, tags?: string[]) {
  const axe = axeOn(page);
  return (tags ? axe.withTags(tags) : axe).analyze();
}

/** What axe finds wrong: each rule with the elements that break it. */
export const faultsOf = async (page: Page): Promise<string[]> => wrongIn(await look(page));

/** The same in light and dark, beginning with the colours that the page is shown in. In the others only what hangs on colours is looked at. */
export async function faultsInBoth(page: Page): Promise<string[]> {
  const faults = await faultsOf(page);
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const [own, other] = isDark ? (['dark', 'light'] as const) : (['light', 'dark'] as const);
  await page.emulateMedia({ colorScheme: other });
  faults.push(...wrongIn(await axeOn(page).withRules(OF_COLORS).analyze()).map((fault) => `${other}: ${fault}`));
  await page.emulateMedia({ colorScheme: own });
  return faults;
}

const wrongIn = ({ violations }: Awaited<ReturnType<typeof look>>): string[] =>
  violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
