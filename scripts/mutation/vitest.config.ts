import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import all from '../../vitest.config.ts';

const { tests = [], bundles = false } = JSON.parse(process.env.CCI_MUTATION ?? '{}');

/** The tests of one part, in the copy of the project that `npm run mutation` makes. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  // The copy lies in a folder that would be left out.
  test: { ...all.test, include: tests, exclude: [], ...(!bundles && { globalSetup: [] }) },
});
