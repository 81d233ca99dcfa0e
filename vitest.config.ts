import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{generator,site,scripts,templates}/**/*.test.ts'],
    pool: 'threads',
    globalSetup: './scripts/fresh-bundles.ts',
    testTimeout: 60_000,
    env: { NODE_ENV: 'production', TZ: 'America/Los_Angeles' },
  },
});
