import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openSpool } from '../../lib/spool.ts';
import { memoryStore } from '../../store/memory.ts';
import { collect } from '../../store/ranges.ts';
import { openBlobs } from '../blobs.ts';
import { openDraft } from '../draft.ts';
import type { Manifest, SiteFile } from '../manifest.ts';
import { isCallPage } from '../site-path.ts';
import { namesOnlyIn } from './difference.ts';
import { bitsFor, partOf } from './part.ts';
import type { PartLists } from './root.ts';
import { openTree, type Tree } from './tree.ts';

const ORG = 'org_1';
const OTHERS = ['/', '/404.html', '/data/overview.json'];
const fileOf = (path: string, text: string): SiteFile => ({
  ...{
    blob: `blobs/${text}-${path.replaceAll('/', '.')}.br.1`,
    sha256: text,
    size: 9,
    type: 'text/html',
    encoding: 'br',
  },
  ...{ stored: 5, input: text },
});
const linesOf = ({ calls, site }: PartLists) =>
  [calls, site].map((list) => list.map((at) => at && { ...at, blob: at.blob.replace(/\d+$/, '') }));

/** Calls by number → text of their page. Every page is put that is another one; the rest is as before. */
async function write(before: Tree | undefined, was: Map<number, string>, is: Map<number, string>, generation: number) {
  const blobs = openBlobs(store, ORG, generation, async () => true);
  await using spool = await openSpool();
  const draft = openDraft(before, new Set(), blobs, spool);
  const pathOf = (call: number) => `/calls/${call}/`;
  for (const call of was.keys()) if (!is.has(call)) await draft.remove(pathOf(call));
  for (const [call, text] of is)
    if (!before || was.get(call) !== text) await draft.keep(pathOf(call), fileOf(pathOf(call), text));
  for (const path of OTHERS) await draft.keep(path, fileOf(path, 'x'));
  return { lists: await draft.write(), written: blobs.written.size };
}
let store = memoryStore();

const texts = fc.constantFrom('a', 'b', 'c');
const history = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ calls: fc.array(fc.nat(400), { maxLength: 20 }), text: fc.option(texts) }) },
    // Whole ranges, so that the number of parts goes up and down.
    {
      weight: 2,
      arbitrary: fc.record({
        calls: fc.tuple(fc.nat(600), fc.nat(600)).map(([from, length]) => Array.from({ length }, (_, i) => from + i)),
        text: fc.option(texts),
      }),
    },
  ),
  { minLength: 1, maxLength: 6 },
);

it('parts of a manifest are the same whichever way the site has become what it is, and tell exactly its files', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      store = memoryStore();
      let calls = new Map<number, string>();
      let tree: Tree | undefined;
      for (const [i, { calls: changed, text }] of steps.entries()) {
        const next = new Map(calls);
        for (const call of changed) {
          if (text === null) next.delete(call);
          else next.set(call, text);
        }
        const { lists } = await write(tree, calls, next, i + 1);
        const cold = await write(undefined, new Map(), next, 99);
        expect(linesOf(lists)).toEqual(linesOf(cold.lists));
        const now: Tree = openTree(store, ORG, lists);
        expect([now.count, now.calls]).toEqual([next.size + OTHERS.length, next.size]);
        const wanted = [...next].map(([call, each]) => [`/calls/${call}/`, fileOf(`/calls/${call}/`, each)] as const);
        const all = new Map([...wanted, ...OTHERS.map((path) => [path, fileOf(path, 'x')] as const)]);
        expect(new Map(await collect(now))).toEqual(all);
        for (const [path, file] of [...all].slice(0, 20)) expect(await now.get(path)).toEqual(file);
        expect(await now.get('/calls/10000/')).toBe(undefined);
        if (tree) await expectDifference(tree, now);
        [calls, tree] = [next, now];
      }
    }),
    { numRuns: 25 },
  );
});

/** What one build needs and the other does not, told by the parts that differ, is what comparing all names tells. */
async function expectDifference(before: Tree, after: Tree): Promise<void> {
  const manifest = (files: Tree): Manifest => ({ organization: ORG, csp: '', files });
  const names = async (files: Tree) => {
    const blobs = [...files.parts()].map(({ at }) => at?.blob);
    for await (const [, { blob }] of files) blobs.push(blob);
    return new Set(blobs);
  };
  const [was, is] = [await names(before), await names(after)];
  for (const [a, b, one, other] of [[before, after, was, is] as const, [after, before, is, was] as const])
    expect(new Set(await collect(namesOnlyIn(manifest(a), manifest(b))))).toEqual(
      new Set([...one].filter((blob) => !other.has(blob))),
    );
}

it('a change of one call in ten thousand writes one part of the calls', async () => {
  store = memoryStore();
  const calls = new Map(Array.from({ length: 10_000 }, (_, i) => [i, 'a']));
  const first = await write(undefined, new Map(), calls, 1);
  expect(first.lists.calls).toHaveLength(128);
  const tree = openTree(store, ORG, first.lists);
  const { lists, written } = await write(tree, calls, new Map(calls).set(7, 'b'), 2);
  expect(written).toBe(1);
  expect(lists.calls.flatMap((at, i) => (at?.blob === first.lists.calls[i]?.blob ? [] : [i]))).toEqual([
    partOf('/calls/7/', 7),
  ]);
});

it('parts are as many as keep them at 128 files a part or fewer, and no others', () => {
  expect([0, 1, 128, 129, 256, 257, 1_000_000].map(bitsFor)).toEqual([0, 0, 0, 1, 1, 2, 13]);
  expect(isCallPage('/calls/') || isCallPage('/calls/a/b/') || isCallPage('/agents/a/')).toBe(false);
});
