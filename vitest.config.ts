import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** A limit is there to end what hangs; it asserts nothing about speed, and holds on a machine that is busy with other work. */
const LIMIT = process.env.CCI_NO_LIMIT === '1' ? 0 : 600_000;

const COMPILED = fileURLToPath(new URL('.cache/compiled', import.meta.url));
const TESTS = '{generator,site,scripts,templates}/**/*.test.ts';
/** Files that put other modules in the place of some, or need one that nobody has used yet: each has a thread of its own. All others share two, and what they import. */
const ALONE = [
  'generator/hostile-output.test.ts',
  'generator/commands/store-troubles.test.ts',
  'generator/shared/calendar/local-time.test.ts',
  'site/gate/auth/clerk.test.ts',
];

export default defineConfig({
  // Components as they are built: React's own part for development is not there in production.
  oxc: { jsx: { development: false } },
  test: {
    pool: 'threads',
    // As many as the least machine has; left to itself the runner keeps one free.
    maxWorkers: 2,
    globalSetup: './scripts/fresh-bundles.ts',
    testTimeout: LIMIT,
    hookTimeout: LIMIT,
    teardownTimeout: LIMIT,
    // Processes that tests start read what others have compiled.
    env: { NODE_ENV: 'production', TZ: 'America/Los_Angeles', NODE_COMPILE_CACHE: COMPILED },
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: [TESTS],
          exclude: ALONE,
          isolate: false,
          setupFiles: './scripts/as-before.ts',
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE } },
    ],
  },
});
