// Writes the manifest of a large site, and then that of the same site after one day more: prints what was written of each, as JSON.
import { sha256, stableJson } from '../../../generator/lib/bytes.ts';
import { openSpool } from '../../../generator/lib/spool.ts';
import { openBlobs } from '../../../generator/publish/blobs.ts';
import { type Draft, openDraft } from '../../../generator/publish/draft.ts';
import { encodePointer } from '../../../generator/publish/pointer.ts';
import { namesOnlyIn } from '../../../generator/publish/tree/difference.ts';
import { encodeRoot } from '../../../generator/publish/tree/root.ts';
import { openTree, type TreeManifest } from '../../../generator/publish/tree/tree.ts';
import { fileStore } from '../../../generator/store/file.ts';
import { collect } from '../../../generator/store/ranges.ts';
import type { Store } from '../../../generator/store/store.ts';
import * as site from './site.ts';

const { ORG } = site;
const [url = ''] = process.argv.slice(2);
const inner = fileStore(url);
const written = { objects: 0, bytes: 0 };
const store: Store = {
  ...inner,
  put(key, body, options) {
    written.objects++;
    written.bytes += Buffer.byteLength(body);
    return inner.put(key, body, options);
  },
};
const about = {
  organization: ORG,
  csp: "default-src 'none'; style-src 'self'; connect-src 'self'",
  state: site.stateOf(),
};
await using spool = await openSpool();

/** @returns what lies in the store then, and what was written of it */
async function write(draft: Draft, generation: number, older?: { [manifest: string]: string[] }) {
  Object.assign(written, { objects: 0, bytes: 0 });
  const started = process.cpuUsage();
  const lists = await draft.write();
  const root = encodeRoot({ version: 2, ...about, lists, ...(older && { older }) });
  const manifest = `builds/${generation}-${sha256(root).slice(0, 16)}.json`;
  await store.put(`${ORG}/${manifest}`, root);
  const { user, system } = process.cpuUsage(started);
  const figures = { ...written, root: root.byteLength, seconds: (user + system) / 1e6 };
  const pointer = encodePointer({
    ...{ version: 1, organization: ORG, generation, manifest, sha256: sha256(root), calls: site.CALLS },
    ...{ publishedAt: '2026-11-20T06:00:00Z', nonce: 'x', state: { blob: 'blobs/x.1', sha256: '' }, kept: [] },
  });
  await inner.put(`${ORG}/pointer.json`, pointer);
  return { open: (): TreeManifest => ({ ...about, files: openTree(store, ORG, lists) }), figures };
}
const draftOver = (before: TreeManifest | undefined, generation: number) =>
  openDraft(
    before?.files,
    new Set(),
    openBlobs(store, ORG, generation, async () => false),
    spool,
  );

const say = (line: string) => void process.stderr.write(`   ${line}\n`);
const cold = draftOver(undefined, 1);
for (let call = 0; call < site.CALLS; call++) {
  const path = site.callPathOf(call);
  const file = site.fileOf(path, 1);
  await cold.keep(path, file);
  if (call % 100_000 === 99_999) say(`${call + 1} of ${site.CALLS} pages`);
}
for (let i = 0; i < site.OTHERS; i++) {
  const path = site.otherPathOf(i);
  await cold.keep(path, site.fileOf(path, 1));
}
const first = await write(cold, 1);
say(`written: ${first.figures.objects} objects`);

const before = first.open();
/** A day more. */
async function nextDay(generation: number): Promise<Draft> {
  const draft = draftOver(before, generation);
  for (let call = 0; call < site.CHANGED_CALLS; call++) {
    const path = site.callPathOf(call * Math.floor(site.CALLS / site.CHANGED_CALLS));
    await draft.keep(path, site.fileOf(path, 2));
  }
  for (let i = 0; i < site.OTHERS; i++)
    await draft.keep(site.otherPathOf(i), site.fileOf(site.otherPathOf(i), i < site.CHANGED_OTHERS ? 2 : 1));
  return draft;
}
// What a kept build needs beyond its successor is as much for each: it is listed in the manifest.
const trial = openTree(store, ORG, await (await nextDay(3)).write());
const needs = await collect(namesOnlyIn(before, { ...about, files: trial }));
const older = Object.fromEntries(Array.from({ length: site.KEPT_BUILDS }, (_, i) => [`builds/${i}-x.json`, needs]));
const day = await write(await nextDay(2), 2, older);
say('written: a day more');
// Entries are of nearly one length.
const some = Array.from({ length: 1_000 }, (_, call) => site.callPathOf(call));
const entries = Object.fromEntries(some.map((path) => [path, site.fileOf(path, 1)]));
const oneObject = (Buffer.byteLength(stableJson(entries)) / some.length) * (site.CALLS + site.OTHERS);
process.stdout.write(JSON.stringify({ cold: first.figures, day: day.figures, oneObject }));
