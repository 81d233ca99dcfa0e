import { expect, test } from '@playwright/test';
import { tokenOf } from '../../generator/digest/recipients/preferences.ts';
import { everything } from '../../generator/fixtures/world.ts';
import { memoryStore } from '../../generator/store/memory.ts';
import { makeKeys, publishableKeyOf } from '../../scripts/demo/identity/forge.ts';
import { openSites } from '../gate/content/sites.ts';
import { loadHandler } from '../gate/front/bundle.ts';
import { startGate } from '../gate/front/front.ts';
import { gateSettings } from '../gate/settings.ts';
import { unsubscribePages } from '../gate/unsubscribe.ts';
import { faultsOf } from './axe.ts';

const KEY = 'k'.repeat(32);

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a reader ends the digest by its link, without signing in, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const store = memoryStore();
    const settings = gateSettings(
      {
        siteUrl: 'https://reports.example.com',
        publishableKey: publishableKeyOf('clerk.example.com'),
        secretKey: 'sk_live_x',
        jwtKey: makeKeys().pem,
      },
      { production: true, env: {} },
    );
    const gate = await startGate({
      handler: await loadHandler(),
      sites: openSites(store),
      settings: { ...settings, port: 0 },
      unsubscribe: unsubscribePages({ reports: store, keys: [KEY] }),
    });
    const seen: string[] = [];
    page.on('console', (message) => message.type() === 'error' && seen.push(message.text()));
    page.on('pageerror', (error) => seen.push(error.message));
    const token = tokenOf({ organization: 'org_1', recipient: 'a'.repeat(32), kind: 'daily' }, KEY);
    await page.goto(`${gate.url}/u/${token}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Stop this digest?');
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Stop this digest' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The digest is stopped');
    expect(await faultsOf(page)).toEqual([]);
    expect((await everything(store)).size).toBe(1);
    expect(seen).toEqual([]);
    await gate.close();
  });
}
