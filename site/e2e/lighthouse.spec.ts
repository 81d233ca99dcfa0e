/** Overview and call page as Lighthouse sees them; speed is measured by `npm run bench page`. */
import { expect, test } from '@playwright/test';
import { findBrowser } from '../../scripts/browser.ts';
import { openAuditor } from '../../scripts/lighthouse.ts';
import { serveDemo } from './demo.ts';

test.skip(() => findBrowser() === undefined, 'There is no Chromium for Lighthouse: install one, or set CCI_CHROMIUM.');

test('Lighthouse finds no fault in overview and call page', async () => {
  await using site = await serveDemo();
  await using auditor = await openAuditor();
  for (const path of ['/', site.callPath]) {
    const { scores, faults } = await auditor.audit(`${site.url}${path}`, 'phone', ['accessibility', 'best-practices']);
    expect(faults, path).toEqual([]);
    expect(scores, path).toEqual({ accessibility: 100, 'best-practices': 100 });
  }
});
