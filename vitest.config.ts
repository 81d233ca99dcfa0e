import { defineConfig } from 'vitest/config';

/** A limit is there to end what hangs; it asserts nothing about speed, and holds on a machine that is busy with other work. */
const LIMIT = 600_000;

export default defineConfig({
  test: {
    include: ['{generator,site,scripts,templates}/**/*.test.ts'],
    pool: 'threads',
    globalSetup: './scripts/fresh-bundles.ts',
    testTimeout: LIMIT,
    hookTimeout: LIMIT,
    teardownTimeout: LIMIT,
    env: { NODE_ENV: 'production', TZ: 'America/Los_Angeles' },
  },
});
