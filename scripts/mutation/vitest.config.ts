import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import all from '../../vitest.config.ts';

const tests: string[] = JSON.parse(process.env.CCI_MUTATION ?? '[]');
const root = fileURLToPath(new URL('../..', import.meta.url));

/** The nearest tests first: the first that fails decides. */
class Nearest extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => tests.indexOf(relative(root, moduleId));
    return files.toSorted((a, b) => place(a) - place(b));
  }
}

/** Some tests, in the copy of the project that `npm run mutation` makes. They need no bundles. */
export default defineConfig({
  root,
  // The copy lies in a folder that would be left out. One registry of modules for all: loading them takes longer than the tests.
  test: {
    ...all.test,
    projects: undefined,
    include: tests,
    exclude: [],
    globalSetup: [],
    isolate: false,
    sequence: { sequencer: Nearest },
  },
});
