import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../generator/render/version.ts';
import { MUTANTS } from './mutants.ts';

it('has bugs for the sources as they are: what each replaces stands there exactly once', () => {
  const edits = MUTANTS.flatMap(({ bug, edits: own }) => own.map((edit) => ({ bug, ...edit })));
  const misplaced = edits.filter(
    ({ file, find }) => readFileSync(join(ROOT, file), 'utf8').split(find).length - 1 !== 1,
  );
  expect(misplaced.map(({ bug, file }) => `${bug}: ${file}`)).toEqual([]);
  expect(MUTANTS.length).toBeGreaterThanOrEqual(70);
  expect(MUTANTS.filter(({ test }) => !existsSync(join(ROOT, test.file)))).toEqual([]);
});
