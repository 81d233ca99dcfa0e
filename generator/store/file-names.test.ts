import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { namesIn } from './file-names.ts';
import { compareKeys } from './store.ts';

const KINDS = ['a', 'é', '💣', 'ﬀ', 'b-', 'b\n', '\ufeff'];
const files = Array.from({ length: 60 }, (_, i) => `${KINDS[i % KINDS.length]}${(i * 7919) % 60}`);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cci-names-'));
  for (const name of files) writeFileSync(join(folder, name), '');
  mkdirSync(join(folder, 'b'));
  mkdirSync(join(folder, 'z'));
  symlinkSync(join(folder, 'z'), join(folder, 'link'));
});
afterAll(() => rm(folder, { recursive: true }));

async function blocks(path: string, run?: number): Promise<(readonly string[])[]> {
  const found: (readonly string[])[] = [];
  for await (const names of namesIn(path, run)) found.push(names);
  return found;
}

it.each([1, 2, 7, 59, 62, 100])(
  'names all that lies in a folder in the order of keys, in sorted runs of %i',
  async (run) => {
    const wanted = [...files, 'b/', 'z/'].sort(compareKeys);
    expect((await blocks(folder, run)).flat()).toEqual(wanted);
  },
);

it('names nothing where there is no folder', async () => {
  expect((await blocks(join(folder, 'none'))).flat()).toEqual([]);
});

it('says why a folder cannot be listed', async () => {
  await expect(blocks(join(folder, files[0] as string, 'x'), 1)).resolves.toEqual([]);
  await expect(blocks('\0')).rejects.toThrow('null bytes');
});
