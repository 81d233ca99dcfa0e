import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { readEnvironment } from './environment.ts';

const folder = mkdtempSync(join(tmpdir(), 'cci-env-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('sets what a file has, but nothing that is set already', () => {
  vi.stubEnv('CCI_TEST_SET', 'before');
  vi.stubEnv('CCI_TEST_FROM_FILE', undefined);
  writeFileSync(join(folder, '.env'), '# a comment\nCCI_TEST_SET=after\nCCI_TEST_FROM_FILE="with a space"\n');
  readEnvironment(join(folder, '.env'));
  expect([process.env.CCI_TEST_SET, process.env.CCI_TEST_FROM_FILE]).toEqual(['before', 'with a space']);
});

it('goes on where there is no file, and says what to do with one that cannot be read', () => {
  readEnvironment(join(folder, 'none'));
  mkdirSync(join(folder, 'folder'));
  expect(() => readEnvironment(join(folder, 'folder'))).toThrow(
    `${join(folder, 'folder')} is there, but cannot be read. Make it a file that you may read, or remove it.`,
  );
});
