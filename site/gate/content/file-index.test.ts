import { expect, test } from 'vitest';
import type { SiteFile } from '../../../generator/publish/manifest.ts';
import { fileIndex } from './file-index.ts';

const page: SiteFile = {
  blob: `blobs/${'3f'.repeat(32)}.br.7`,
  sha256: '3f'.repeat(32),
  size: 30_673,
  type: 'text/html; charset=utf-8',
  encoding: 'br',
  stored: 5094,
  input: 'x',
};
const { input: _, ...served } = page;

test('it gives back what is needed to serve a file', () => {
  const { encoding: __, ...picture } = { ...page, type: 'image/png', blob: 'blobs/another', size: 0, stored: 0 };
  const index = fileIndex([
    ['/', page],
    ['/logo.png', picture],
    ['/a b', page],
  ]);
  expect(index.get('/')).toEqual(served);
  expect(index.get('/a b')).toEqual(served);
  const { input: ___, ...servedPicture } = picture;
  expect(index.get('/logo.png')).toEqual(servedPicture);
});

test('it keeps the true id of a call whose recording may be heard, whatever its page is called', () => {
  const ids = {
    '/calls/c-1/': 'c-1',
    '/calls/~3fe1c0d2a4b6978812345678/': 'a call  of +44 1632 960001 ',
    '/calls/c-2/': undefined,
  };
  const index = fileIndex(
    Object.entries(ids).map(([path, recording]) => [path, { ...page, ...(recording && { recording }) }]),
  );
  for (const [path, recording] of Object.entries(ids))
    expect(index.get(path)).toEqual({ ...served, ...(recording && { recording }) });
});

test('it knows exact paths only, and none that every object has', () => {
  const index = fileIndex([['/a/', page]]);
  for (const path of ['/a', '/A/', '/a/ ', '', 'constructor', '__proto__', 'toString'])
    expect([path, index.get(path)]).toEqual([path, undefined]);
});

test('it says about how much memory it takes: of each file its path, its hash and more', () => {
  const bytesOf = (...paths: string[]) => fileIndex(paths.map((path) => [path, page])).bytes;
  expect(bytesOf()).toBe(0);
  expect(bytesOf('/')).toBeGreaterThan(page.sha256.length + 100);
  expect(bytesOf('/')).toBeLessThan(1000);
  expect(bytesOf('/a'.repeat(50)) - bytesOf('/')).toBe(99);
  expect(bytesOf('/', '/a', '/b')).toBe(bytesOf('/') + bytesOf('/a') + bytesOf('/b'));
  // A blob that is not named by its hash takes its whole name.
  const odd = fileIndex([['/', { ...page, blob: `blobs/${'x'.repeat(100)}` }]]).bytes;
  expect(odd).toBeGreaterThan(bytesOf('/'));
});
