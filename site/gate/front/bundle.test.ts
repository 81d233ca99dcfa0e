import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const BUILT = fileURLToPath(new URL('../../../.build/', import.meta.url));

function filesOf(site: string): { path: string; text: string }[] {
  return readdirSync(join(BUILT, site), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.woff2') && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(BUILT, path), text: readFileSync(path, 'utf8') }));
}
const holding = (site: string, words: RegExp) =>
  filesOf(site)
    .filter(({ text }) => words.test(text))
    .map(({ path }) => path);

test('the gate’s bundle holds no charts, no demo identity, and nothing public but its own files', () => {
  expect(holding('gate', /observablehq|plotRect|site\/charts/)).toEqual([]);
  expect(holding('gate', /cci-demo|__demo_identity|generateKeyPair/)).toEqual([]);
  const client = filesOf('gate').filter(({ path }) => path.startsWith('gate/client/'));
  expect(client.filter(({ path }) => !path.startsWith('gate/client/_gate/'))).toEqual([]);
  expect(
    client.filter(({ text }) => /sk_(?:live|test)_|PRIVATE KEY|authenticateRequest/.test(text)).map(({ path }) => path),
  ).toEqual([]);
});

test('no route of the gate is prerendered', () => {
  const server = filesOf('gate').filter(({ path }) => path.endsWith('.mjs'));
  expect(server.filter(({ text }) => /"prerender":\s*true/.test(text)).map(({ path }) => path)).toEqual([]);
});

test('the report’s bundle holds nothing of Clerk’s', () => {
  expect(holding('report', /@clerk|clerkMiddleware|__clerk/i)).toEqual([]);
});
