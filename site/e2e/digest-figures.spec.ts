import { expect, test } from '@playwright/test';
import { composeDigest } from '../../generator/digest/content/compose.ts';
import { composePeriod } from '../../generator/digest/content/period.ts';
import { loadDay, loadIssue } from '../../generator/digest/load.ts';
import type { Scope } from '../../generator/digest/recipients/scope.ts';
import type { Issue } from '../../generator/digest/schedule/issue.ts';
import { readConfig } from '../../generator/source/read-config.ts';
import { type DemoSite, serveDemo } from './demo.ts';
import { openList } from './open-list.ts';

const DAY = '2026-11-20';

let site: DemoSite;
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  site = await serveDemo();
});
test.afterAll(() => site.close());

async function digestOf(scope: Scope) {
  const config = await readConfig(site.config, site.org, false);
  const day = await loadDay(site.reports, site.org, config, undefined, DAY);
  const recipient = { scope, member: true };
  return composeDigest({ org: site.org, date: DAY, recipient, siteUrl: site.url, ...day });
}

test('a digest says the figures that the overview and the QA page show for its day', async ({ page }) => {
  const { figures, rules, leadText } = await digestOf('all');
  await page.goto(`${site.url}/?from=${DAY}&to=${DAY}`);
  const shown = (name: string) =>
    page.locator(`#figures .figure a:is([data-figure="${name}"], [data-figure="${name}, of few"])`);
  const compared = figures.filter(({ name }) => name !== 'Inbound : outbound');
  expect(compared.length).toBe(5);
  for (const { name, value } of compared) await expect(shown(name).first(), name).toHaveText(value);
  await expect(page.locator('.lead')).toHaveText(leadText);
  await page.goto(`${site.url}/qa/?from=${DAY}&to=${DAY}`);
  expect(rules.length).toBeGreaterThan(0);
  for (const { name, failed } of rules) {
    const row = page.getByRole('region', { name: 'Rules, worst first' }).getByRole('row', { name });
    await expect(row.locator('[data-figure="rule failed"]').first(), name).toHaveText(failed);
  }
});

for (const scope of ['all', { team: 'North' }] as const)
  test(`each count in a digest of ${JSON.stringify(scope)} opens a list of so many calls`, async ({ page }) => {
    const view = await digestOf(scope);
    const counted = [
      ...view.figures.filter(({ name }) => name === 'Calls').map(({ value, href }) => ({ value, href })),
      ...view.rules.map(({ failed, href }) => ({ value: failed, href })),
      ...view.critical.map(({ failed, href }) => ({ value: failed, href })),
      ...view.coach.map(({ failed, href }) => ({ value: failed, href })),
    ];
    expect(counted.length).toBeGreaterThan(3);
    for (const { value, href } of counted) {
      await openList(page, href ?? '');
      await expect(page.locator('#calls-count'), href ?? '').toHaveText(
        new RegExp(`^${Number.parseInt(value, 10)} calls?$`),
      );
    }
  });

test('the calls to hear of a digest open within the list of all of them, in its order, whatever it is about', async ({
  page,
}) => {
  const config = await readConfig(site.config, site.org, false);
  const load = (issue: Issue) => loadIssue(site.reports, site.org, config, undefined, issue);
  const mailOf = async (issue: Issue, scope: Scope) => {
    const loaded = await load(issue);
    const input = { org: site.org, recipient: { scope, member: true }, siteUrl: site.url };
    return 'heard' in loaded
      ? composePeriod({ ...input, ...loaded })
      : composeDigest({ ...input, ...loaded, date: issue.date });
  };
  const mails = [
    await mailOf({ kind: 'daily', date: '2026-11-16' }, 'all'),
    await mailOf({ kind: 'weekly', date: '2026-11-15' }, { team: 'North' }),
    await mailOf({ kind: 'monthly', date: '2026-10-31' }, 'all'),
  ];
  for (const { subject, calls, callsNote } of mails) {
    expect(calls.length, subject).toBeGreaterThan(1);
    const all = callsNote.split(' of ').at(-1);
    const paths = calls.map(({ href }) => new URL(href ?? '').pathname);
    await page.goto(calls[0]?.href ?? '');
    for (const [i, path] of paths.entries()) {
      await page.waitForURL((url) => url.pathname === path);
      await expect(page.locator('.list-steps [role=status]'), subject).toHaveText(`${i + 1} of ${all}`);
      if (i < paths.length - 1) await page.getByRole('link', { name: 'Next ›' }).click();
    }
  }
});
