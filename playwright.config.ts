import { defineConfig } from '@playwright/test';
import { launchOptions } from './scripts/browser.ts';

/** Limits are there to end what hangs; they assert nothing about speed, and hold on a machine that is busy with other work. */
const LIMIT = 600_000;
const ANSWER = 60_000;
const CI = process.env.CI !== undefined;

export default defineConfig({
  testDir: 'site/e2e',
  globalSetup: './scripts/fresh-bundles.ts',
  testMatch: '**/*.spec.ts',
  fullyParallel: true,
  forbidOnly: CI,
  workers: 2,
  // A test that fails in CI is run once more, to keep in test-results/ what the browser did. One that passes then is named as flaky.
  retries: CI ? 1 : 0,
  timeout: LIMIT,
  expect: { timeout: ANSWER },
  use: { launchOptions: launchOptions(), trace: 'on-first-retry' },
});
