import { describe, expect, it } from 'vitest';
import { openSpool } from '../../lib/spool.ts';
import { memoryStore } from '../../store/memory.ts';
import { collect } from '../../store/ranges.ts';
import { watched } from '../../store/testing/watched.ts';
import { type Blobs, openBlobs } from '../blobs.ts';
import type { Manifest, SiteFile } from '../manifest.ts';
import { flip, ORG } from '../testing/small-site.ts';
import { openChanges } from './changes.ts';
import { namesOnlyIn } from './difference.ts';
import { partOf } from './part.ts';
import type { PartLists } from './root.ts';
import { isTree, openTree, type Tree, withoutParts } from './tree.ts';
import { openVersion1 } from './version-1.ts';
import { writeParts } from './write.ts';

const fileOf = (path: string, text = 'x'): SiteFile => ({
  ...{
    blob: `blobs/${text}${path.replaceAll('/', '.')}.1`,
    sha256: text,
    size: 9,
    type: 'text/html',
    stored: 5,
    input: text,
  },
});
const CALLS = Array.from({ length: 150 }, (_, i) => `/calls/${i}/`);
const put = (paths: string[], text?: string) => new Map(paths.map((path) => [path, fileOf(path, text)]));
const NONE = { put: new Map<string, SiteFile>(), removed: new Set<string>() };

/** Parts over those of a tree, where some files are removed and then some put. */
async function write(before: Tree | undefined, { put: files, removed }: typeof NONE, blobs: Blobs): Promise<PartLists> {
  await using spool = await openSpool();
  const changes = openChanges(spool, []);
  for (const path of removed) await changes.say(path, undefined);
  for (const [path, file] of files) await changes.say(path, file);
  return writeParts(before, changes, blobs);
}

/** A tree of 150 calls in two parts and two other files in one; which keys are read of it. */
async function written(inner = memoryStore()) {
  const {
    store,
    calls: { read },
  } = watched(inner);
  const blobs = (generation: number) => openBlobs(store, ORG, generation, async () => true);
  const lists = await write(undefined, { ...NONE, put: put(['/', '/404.html', ...CALLS]) }, blobs(1));
  return { store, read, lists, blobs, tree: openTree(store, ORG, lists) };
}

describe('files in parts', () => {
  it('are counted without being read, and read a part at a time, each once', async () => {
    const { tree, read } = await written();
    expect([tree.count, tree.calls, read]).toEqual([152, 150, []]);
    const found = await Promise.all(CALLS.map((path) => tree.get(path)));
    expect(found).toEqual(CALLS.map((path) => fileOf(path)));
    expect(read).toHaveLength(2);
    expect(await Promise.all(['/', '/calls/', '/calls/150/'].map((path) => tree.get(path)))).toEqual([
      ...[fileOf('/'), undefined, undefined],
    ]);
    expect(read).toHaveLength(3);
    expect((await collect(tree)).map(([path]) => path).sort()).toEqual(['/', '/404.html', ...CALLS].sort());
    expect(read).toHaveLength(3);
  });

  it('are told part by part, each with its place, those without files left out', async () => {
    const { tree, lists, store } = await written();
    const parts = [...tree.parts()];
    expect(parts.map(({ at, place }) => [at, place])).toEqual([
      ...lists.calls.map((at, index) => [at, { family: 'calls', index }]),
      [lists.site[0], { family: 'site', index: 0 }],
    ]);
    for (const { at, place, load } of parts) {
      const files = await load();
      expect(files.size).toBe(at?.files);
      for (const path of files.keys()) expect(place?.family === 'site' || partOf(path, 1) === place?.index).toBe(true);
    }
    const empty = openTree(store, ORG, { calls: [undefined, undefined], site: [undefined] });
    expect([[...empty.parts()], empty.count, await empty.get('/calls/1/'), await collect(empty)]).toEqual([
      ...[[], 0, undefined, []],
    ]);
    expect(await tree.load('calls', 9)).toEqual(new Map());
  });

  it('that could not be read are read again', async () => {
    const { tree, lists, store } = await written();
    const blob = String(lists.site[0]?.blob);
    await flip(store, blob);
    await expect(tree.get('/')).rejects.toThrow(`damaged part of the manifest: org_1/${blob}`);
    await flip(store, blob);
    expect(await tree.get('/')).toEqual(fileOf('/'));
  });

  it('are the others where some parts are lost', async () => {
    const { tree, lists, store } = await written();
    const left = withoutParts(store, ORG, tree, new Set([String(lists.calls[0]?.blob)]));
    expect([left.lists.calls[0], left.lists.calls[1], left.lists.site]).toEqual([
      ...[undefined, lists.calls[1], lists.site],
    ]);
    for (const path of CALLS) expect(await left.get(path)).toEqual(partOf(path, 1) === 0 ? undefined : fileOf(path));
  });
});

describe('parts that are written', () => {
  it('are only those that are other ones, and of files that are no pages of calls none stays by itself', async () => {
    const { tree, lists, blobs } = await written();
    const now = blobs(2);
    const next = await write(tree, { ...NONE, put: put(['/', '/404.html']) }, now);
    expect([next, now.written.size]).toEqual([lists, 0]);
    const [first = ''] = CALLS;
    const changed = await write(tree, { removed: new Set([first]), put: put(['/']) }, now);
    const index = partOf(first, 1);
    expect(changed.calls.map((at, i) => at === lists.calls[i])).toEqual(index === 0 ? [false, true] : [true, false]);
    expect([changed.site[0]?.files, changed.calls[index]?.files]).toEqual([1, Number(lists.calls[index]?.files) - 1]);
    expect(await write(tree, NONE, now)).toEqual({ calls: lists.calls, site: [undefined] });
  });

  it('are fewer or more where the number of calls asks for it, with the same files', async () => {
    const { tree, store, blobs } = await written();
    const paths = async (lists: Tree['lists']) =>
      (await collect(openTree(store, ORG, lists))).map(([path]) => path).sort();
    const few = await write(tree, { ...NONE, removed: new Set(CALLS.slice(0, 22)) }, blobs(2));
    expect([few.calls.length, await paths(few)]).toEqual([1, CALLS.slice(22).sort()]);
    const more = Array.from({ length: 200 }, (_, i) => `/calls/more-${i}/`);
    const many = await write(openTree(store, ORG, few), { ...NONE, put: put(more) }, blobs(3));
    expect([many.calls.length, await paths(many)]).toEqual([4, [...CALLS.slice(22), ...more].sort()]);
    // A page that is put and removed is there; one that is put twice counts once.
    const again = await write(openTree(store, ORG, many), { put: put(more), removed: new Set(more) }, blobs(4));
    expect(again.calls).toEqual(many.calls);
    const all = await write(openTree(store, ORG, many), { ...NONE, removed: new Set([...CALLS, ...more]) }, blobs(5));
    expect(all).toEqual({ calls: [undefined], site: [undefined] });
  });

  it('are written anew where their number changes, those in which no page changes too', async () => {
    const { store, blobs } = await written();
    const few = CALLS.slice(0, 128);
    const one = await write(undefined, { ...NONE, put: put(few) }, blobs(2));
    for (const index of [0, 1]) {
      const more = CALLS.slice(128).find((path) => partOf(path, 1) === index) ?? expect.fail();
      const lists = await write(openTree(store, ORG, one), { ...NONE, put: put([more]) }, blobs(3 + index));
      const tree = openTree(store, ORG, lists);
      const paths = (await collect(tree)).map(([path]) => path).sort();
      expect([one.calls.length, lists.calls.length, paths]).toEqual([1, 2, [...few, more].sort()]);
      const back = await write(tree, { ...NONE, removed: new Set([more]) }, blobs(5 + index));
      expect(back.calls.map((at) => at?.sum)).toEqual(one.calls.map((at) => at?.sum));
    }
  });
});

describe('blobs that a build needs and another does not', () => {
  const manifest = (files: Manifest['files'], state?: Manifest['state']): Manifest => ({
    ...{ organization: ORG, csp: '', files },
    ...(state && { state }),
  });
  const names = async (build: Manifest, other: Manifest) => (await collect(namesOnlyIn(build, other))).sort();

  it('are those of parts that the other has not, and of its state, without a look at other parts', async () => {
    const { tree, store, blobs, lists, read } = await written();
    const [path = ''] = CALLS;
    const next = await write(tree, { ...NONE, put: put(['/', '/404.html', path], 'y') }, blobs(2));
    const [before, after] = [
      manifest(tree, { 'blobs/s.1': 1, 'blobs/day.1': 2 }),
      manifest(openTree(store, ORG, next), { 'blobs/s.2': 1, 'blobs/day.1': 2 }),
    ];
    const index = partOf(path, 1);
    read.length = 0;
    expect(await names(before, after)).toEqual(
      [
        ...[fileOf('/').blob, fileOf('/404.html').blob, fileOf(path).blob, 'blobs/s.1'],
        ...[String(lists.calls[index]?.blob), String(lists.site[0]?.blob)],
      ].sort(),
    );
    expect(read.some((key) => key.endsWith(String(lists.calls[1 - index]?.blob)))).toBe(false);
    expect(await names(after, after)).toEqual([]);
    expect(await names(manifest(tree), after)).not.toContain('blobs/s.1');
    expect(await names(before, manifest(tree))).toEqual(['blobs/day.1', 'blobs/s.1']);
  });

  it('are found among all names where one of both is an older version’s, in which paths may share a blob', async () => {
    const { tree } = await written();
    const shared = { ...fileOf('/a/'), blob: 'blobs/shared.1' };
    const old = (files: { [path: string]: SiteFile }, state: Manifest['state'] = {}) =>
      openVersion1({ version: 1, organization: ORG, csp: '', files, state });
    const build = old({ '/a/': shared, '/b/': shared, '/c/': fileOf('/c/') }, { 'blobs/s.1': 1 });
    expect(await names(build, old({ '/d/': shared }, { 'blobs/s.1': 1 }))).toEqual([fileOf('/c/').blob]);
    const one = old({ '/': fileOf('/'), '/new/': fileOf('/new/') });
    expect(await names(one, manifest(tree))).toEqual([fileOf('/new/').blob]);
    expect(await names(manifest(tree), one)).toHaveLength(tree.count - 1 + 3);
  });
});

it('an older version’s manifest has its files at hand, in one part that lies nowhere else', async () => {
  const files = { '/': fileOf('/'), '/calls/a/': fileOf('/calls/a/'), '/calls/b/': fileOf('/calls/b/') };
  const { files: opened, ...rest } = openVersion1({ version: 1, organization: ORG, csp: 'x', state: {}, files });
  expect(rest).toEqual({ organization: ORG, csp: 'x', state: {} });
  expect([opened.count, opened.calls]).toEqual([3, 2]);
  expect(await Promise.all(['/', '/x/', 'constructor'].map((path) => opened.get(path)))).toEqual([
    ...[fileOf('/'), undefined, undefined],
  ]);
  expect(await collect(opened)).toEqual(Object.entries(files));
  const parts = [...opened.parts()];
  expect(isTree({ ...rest, files: opened })).toBe(false);
  expect(isTree({ ...rest, files: (await written()).tree })).toBe(true);
  expect(parts.map(({ at, place }) => [at, place])).toEqual([[undefined, undefined]]);
  expect(await parts[0]?.load()).toEqual(new Map(Object.entries(files)));
});
