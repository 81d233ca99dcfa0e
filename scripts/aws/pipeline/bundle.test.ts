import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { FUNCTIONS } from '../../../generator/pipeline/aws/names.ts';
import { ROOT } from '../../../generator/render/version.ts';
import { zipOf } from '../../pack/zip.ts';
import { functionCode } from './bundle.ts';

const MEGABYTE = 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), 'cci-functions-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { files, atStart } = await functionCode();
for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);

it('is small: what a function reads when it starts, and the archive of all', () => {
  for (const name of FUNCTIONS) {
    expect(atStart[name]).toBeGreaterThanOrEqual(files[`${name}.mjs`]?.byteLength ?? Number.POSITIVE_INFINITY);
    expect([name, (atStart[name] ?? 0) < MEGABYTE]).toEqual([name, true]);
  }
  expect(zipOf(folder).byteLength).toBeLessThan(MEGABYTE);
});

it('has functions that say what they do, and leave the work to the pipeline: each source is short', () => {
  for (const name of FUNCTIONS) {
    const source = readFileSync(join(ROOT, 'generator/pipeline/lambda', `${name}.ts`), 'utf8');
    expect([name, source.trimEnd().split('\n').length <= 40]).toEqual([name, true]);
  }
});

it('runs alone in a folder, with Node and nothing else', () => {
  const program = `for (const name of ${JSON.stringify(FUNCTIONS)}) console.log(typeof (await import('./' + name + '.mjs')).handler)`;
  const out = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: folder,
    encoding: 'utf8',
    env: { NODE_PATH: '' },
  });
  expect(out.trim().split('\n')).toEqual(FUNCTIONS.map(() => 'function'));
});

it('has nothing of this machine in it', () => {
  for (const bytes of Object.values(files)) expect(Buffer.from(bytes).includes(import.meta.dirname)).toBe(false);
});
