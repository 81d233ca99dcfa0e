import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * Looks at a page as it stands. Of what is right only which rules held, for to name each element takes longer than to look at it.
 * @param tags of the rules to look by; by default all
 */
export function look(page: Page, tags?: string[]) {
  // Pages have no frame of another origin, so that axe need not put its results together on a page of their own.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
  return (tags ? axe.withTags(tags) : axe).analyze();
}

/** What axe finds wrong: each rule with the elements that break it. */
export async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await look(page);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
}
