import { defineConfig } from 'vitest/config';

/** A limit is there to end what hangs; it asserts nothing about speed, and holds on a machine that is busy with other work. */
const LIMIT = 600_000;

export default defineConfig({
  test: {
    include: ['{generator,site,scripts,templates}/**/*.test.ts'],
    pool: 'threads',
    // As many as the least machine has; left to itself the runner keeps one free.
    maxWorkers: 2,
    globalSetup: './scripts/fresh-bundles.ts',
    testTimeout: LIMIT,
    hookTimeout: LIMIT,
    teardownTimeout: LIMIT,
    env: { NODE_ENV: 'production', TZ: 'America/Los_Angeles' },
  },
});
