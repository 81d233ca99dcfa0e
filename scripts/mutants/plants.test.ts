import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../generator/render/version.ts';
import { PLANTS } from './plants.ts';

it('has bugs for the sources as they are: what each replaces stands there exactly once', () => {
  const edits = PLANTS.flatMap(({ bug, edits: own }) => own.map((edit) => ({ bug, ...edit })));
  const misplaced = edits.filter(
    ({ file, find }) => readFileSync(join(ROOT, file), 'utf8').split(find).length - 1 !== 1,
  );
  expect(misplaced.map(({ bug, file }) => `${bug}: ${file}`)).toEqual([]);
  expect(PLANTS.length).toBeGreaterThanOrEqual(15);
  expect(PLANTS.filter(({ test }) => !existsSync(join(ROOT, test.file)))).toEqual([]);
});
