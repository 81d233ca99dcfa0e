import { describe, expect, it } from 'vitest';
import { encodeText } from '../lib/bytes.ts';
import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';
import { generationIn, isManifest, numberOf, type Pointer } from './manifest.ts';
import { hasMarks, markDamaged, readMarks } from './marks.ts';
import { takeInventory } from './names/inventory.ts';
import { encodePointer } from './pointer.ts';
import { isCallPage, isSegment, isSitePath } from './site-path.ts';
import { findSites } from './sites.ts';
import { openStart } from './start.ts';
import { Overtaken } from './switch.ts';

const pointerOf = (organization: string, over: Partial<Pointer> = {}): Pointer => ({
  version: 1,
  organization,
  generation: 3,
  manifest: 'builds/3-3fe1.json',
  sha256: '3f'.repeat(32),
  publishedAt: '2026-03-30T08:00:00.000Z',
  nonce: 'n',
  state: { blob: 'blobs/ab.3', sha256: 'ab'.repeat(32) },
  kept: [],
  ...over,
});
const put = (store: Store, pointer: Pointer) =>
  store.put(`${pointer.organization}/pointer.json`, encodePointer(pointer));

describe('the organizations with a site', () => {
  it('are those whose folder has a pointer, in order, and those whose pointer is damaged', async () => {
    const store = memoryStore();
    for (const org of ['org_2', 'org_1']) await put(store, pointerOf(org));
    await store.put('org_3/pointer.json', '{');
    await store.put('org_4/blobs/x', 'x');
    await store.put('org_4/builds/7-x.json', 'x');
    await store.put('org_5/builds/7-3fe1.json', 'its pointer is lost');
    await store.put('assets/x.js', 'x');
    await store.put('no org/pointer.json', '{');
    expect(await findSites(store)).toEqual([
      { org: 'org_1', pointer: pointerOf('org_1') },
      { org: 'org_2', pointer: pointerOf('org_2') },
      { org: 'org_3', pointer: undefined },
      { org: 'org_5', pointer: undefined },
    ]);
  });

  it('are not told where the store fails', async () => {
    const store = memoryStore();
    await put(store, pointerOf('org_1'));
    await expect(findSites({ ...store, get: () => Promise.reject(new Error('gone away')) })).rejects.toThrow(
      'gone away',
    );
  });
});

describe('what a run starts from', () => {
  it('is what lies there, and a generation above all of it', async () => {
    const store = memoryStore(() => 7);
    const none = await openStart(store, 'org_1');
    expect([none.pointer, none.etag, none.generation, [...none.lies]]).toEqual([undefined, undefined, 1, []]);
    const etag = await put(store, pointerOf('org_1'));
    for (const [key, generation] of [
      ['blobs/ab.3', 4],
      ['builds/9-x.json', 10],
      ['blobs/c.br.12', 13],
      ['notes.77', 13],
    ] as const) {
      await store.put(`org_1/${key}`, 'abc');
      expect((await openStart(store, 'org_1')).generation).toBe(generation);
    }
    await store.put('org_12/blobs/ab.99', 'x');
    const start = await openStart(store, 'org_1');
    expect([start.pointer, start.etag, start.generation, start.lies.size]).toEqual([pointerOf('org_1'), etag, 13, 5]);
    expect(start.lies.get('blobs/ab.3')).toEqual({ etag: expect.any(String), size: 3, modified: 7 });
  });

  it('has no pointer where that is damaged, and is above it all the same', async () => {
    const store = memoryStore();
    const etag = await store.put('org_1/pointer.json', '{');
    await store.put('org_1/blobs/ab.3', 'x');
    expect(await openStart(store, 'org_1')).toMatchObject({ pointer: undefined, etag, generation: 4 });
    await expect(openStart({ ...store, get: () => Promise.reject(new Error('gone away')) }, 'org_1')).rejects.toThrow(
      'gone away',
    );
  });

  it('is not known where the pointer is switched meanwhile; another way to write an ETag is no switch', async () => {
    const inner = memoryStore();
    await put(inner, pointerOf('org_1'));
    const listing = (first: () => Promise<unknown>, quote = ''): Store => ({
      ...inner,
      async *list(prefix) {
        await first();
        for await (const object of inner.list(prefix)) yield { ...object, etag: quote + object.etag };
      },
    });
    expect(
      (
        await openStart(
          listing(async () => {}, '"'),
          'org_1',
        )
      ).pointer,
    ).toEqual(pointerOf('org_1'));
    const switched = listing(() => put(inner, pointerOf('org_1', { generation: 4 })));
    await expect(openStart(switched, 'org_1')).rejects.toThrow(Overtaken);
    await expect(
      openStart(
        listing(() => inner.remove('org_1/pointer.json')),
        'org_1',
      ),
    ).rejects.toThrow(Overtaken);
    // The first one of all.
    const first = listing(() => put(inner, pointerOf('org_1')));
    await expect(openStart(first, 'org_1')).rejects.toThrow(Overtaken);
  });

  it('is listed in as many ranges as the site is large, which leave nothing out', async () => {
    const inner = memoryStore();
    const ranges: unknown[] = [];
    const store: Store = {
      ...inner,
      async *listRange(prefix, { after, upTo }) {
        ranges.push([after, upTo]);
        for await (const object of inner.list(prefix))
          if ((after === undefined || object.key > after) && (upTo === undefined || object.key <= upTo)) yield object;
      },
    };
    const names = [
      'blobs/00.1',
      'blobs/7f.1',
      'blobs/80',
      'blobs/80.1',
      'blobs/ff.1',
      'builds/1-x.json',
      'pointer.json',
    ];
    for (const name of names) await inner.put(`org_1/${name}`, 'x');
    const listed = async (calls: number | undefined) => {
      ranges.length = 0;
      const lies = await takeInventory(store, 'org_1', pointerOf('org_1', { calls }));
      expect([...lies.keys()]).toEqual(names);
      return [...ranges];
    };
    expect(await listed(undefined)).toEqual([]);
    expect(await listed(3500)).toEqual([]);
    expect(await listed(3501)).toEqual([
      [undefined, 'org_1/blobs/80'],
      ['org_1/blobs/80', undefined],
    ]);
    expect((await listed(3500 * 100)).length).toBe(100);
    expect((await listed(3500 * 1000)).slice(0, 2)).toEqual([
      [undefined, 'org_1/blobs/01'],
      ['org_1/blobs/01', 'org_1/blobs/02'],
    ]);
    expect((await listed(3500 * 1000)).length).toBe(256);
  });
});

it('a generation stands in the names of builds and blobs alone', () => {
  expect(
    [
      'builds/7-3fe1.json',
      'blobs/3fe1.br.12',
      'blobs/3fe1.12',
      'builds/123456789012345-x',
      'blobs/x.123456789012345',
    ].map(generationIn),
  ).toEqual([7, 12, 12, 123456789012345, 123456789012345]);
  for (const key of [
    'builds/7.json',
    'builds/x-7',
    'x/builds/7-x',
    'blobs/x.7x',
    'blobs/x',
    'x/blobs/x.7',
    'builds/1234567890123456-x',
    'blobs/x.1234567890123456',
    'builds/7x-1',
    'pointer.json',
  ])
    expect([key, generationIn(key)]).toEqual([key, undefined]);
  expect(numberOf({ generation: 9, manifest: 'builds/7-x.json', sha256: '' })).toBe(7);
  expect(numberOf({ generation: 9, manifest: 'builds/x.json', sha256: '' })).toBe(9);
});

it('a mark of damage is found until it is cleaned up, and nothing else is taken for one', async () => {
  const store = memoryStore();
  await store.put('org_1/builds/3-3fe1.json', 'x');
  for (const org of ['org_12', 'org_2']) await markDamaged(store, org, 3, []);
  expect(await hasMarks(store, 'org_1')).toBe(false);
  await markDamaged(store, 'org_1', 3, ['blobs/a.1', 'blobs/b.2']);
  expect(await hasMarks(store, 'org_1')).toBe(true);
  await markDamaged(store, 'org_1', 3, ['blobs/c.1']);
  const marks = async () =>
    [...(await readMarks(store, 'org_1', await takeInventory(store, 'org_1', undefined)))].sort();
  expect(await marks()).toEqual(['blobs/a.1', 'blobs/b.2', 'blobs/c.1']);
  const { lies } = await openStart(store, 'org_1');
  expect([...lies.keys()].every((key) => generationIn(key) === 3)).toBe(true);
  const text = '{"keys":["blobs/x.1"]}';
  for (const name of [
    'builds/3-x.json',
    'builds/x-damaged-1.json',
    'builds/3-damaged-1.json.x',
    'x/builds/3-damaged-1.json',
    'builds/3-damaged-x.json',
    'builds/3-damaged-.json',
  ])
    await store.put(`org_1/${name}`, text);
  for (const [i, body] of ['{', 'null', '{"keys":"blobs/x.1"}', '{"keys":[7,null]}', '{}'].entries())
    await store.put(`org_1/builds/3-damaged-${i}.json`, body);
  expect(await marks()).toEqual(['blobs/a.1', 'blobs/b.2', 'blobs/c.1']);
  const gone = { ...store, get: async () => undefined };
  expect(await readMarks(gone, 'org_1', lies)).toEqual(new Set());
  await store.put('org_1/builds/33-damaged-a1.json', text);
  expect(await marks()).toContain('blobs/x.1');
});

it('a path of a site is one that means the same everywhere', () => {
  for (const path of ['/', '/a', '/a/', '/404.html', '/agents/ann@agents.example/', '/a/b/~x_-.=+,', '/_a', '/-a'])
    expect([path, isSitePath(path)]).toEqual([path, true]);
  for (const path of [
    '',
    'a',
    'a/',
    '//',
    '/a//',
    '/a//b',
    '/.',
    '/..',
    '/.a',
    '/a/../b',
    '/a b',
    '/é',
    '/a\\b',
    '/a\n',
    '/a?',
    '/@a',
    '/+a',
    '/a%20',
  ])
    expect([path, isSitePath(path)]).toEqual([path, false]);
  expect(['a', '', 'a/b', '.a'].map(isSegment)).toEqual([true, false, false, false]);
});

it('the text of a pointer is the same for the same pointer', () => {
  const { version, ...rest } = pointerOf('org_1');
  expect(encodePointer({ ...rest, version })).toBe(encodePointer(pointerOf('org_1')));
  expect(encodeText(encodePointer(pointerOf('org_1', { nonce: 'm' })))).not.toEqual(
    encodeText(encodePointer(pointerOf('org_1'))),
  );
});

it('a manifest and the page of a call are known by their names', () => {
  const named = (is: (name: string) => boolean, names: string[]) => names.filter(is);
  const manifests = ['builds/7-3fe1.json', 'builds/123456789012345-0.json'];
  const others = ['builds/x-0.json', 'builds/-0.json', 'builds/7-.json', 'builds/7-x.json', 'builds/7-0.json.x'];
  expect(named(isManifest, [...manifests, ...others, 'x/builds/7-0.json', 'builds/1234567890123456-0.json'])).toEqual(
    manifests,
  );
  const pages = ['/calls/c1/', '/calls/x/'];
  expect(
    named(isCallPage, [...pages, '/calls/', '/calls/c1', '/calls/a/b/', '/calls//', '/x/calls/c1/', '/calls/c1/x']),
  ).toEqual(pages);
});
