import { defineConfig } from '@playwright/test';
import { launchOptions } from './scripts/browser.ts';

/** Limits are there to end what hangs; they assert nothing about speed, and hold on a machine that is busy with other work. */
const LIMIT = 600_000;
const ANSWER = 60_000;

export default defineConfig({
  testDir: 'site/e2e',
  globalSetup: './scripts/fresh-bundles.ts',
  testMatch: '**/*.spec.ts',
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  workers: 2,
  retries: 0,
  timeout: LIMIT,
  expect: { timeout: ANSWER },
  // Where a browser test fails in CI, what the browser did is kept in test-results/.
  use: { launchOptions: launchOptions(), trace: process.env.CI === undefined ? 'off' : 'retain-on-failure' },
});
