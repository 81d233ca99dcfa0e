import { encodeText } from '../../lib/bytes.ts';
import { openSpool } from '../../lib/spool.ts';
import type { Store } from '../../store/store.ts';
import { openBlobs, packNow } from '../blobs.ts';
import { openDraft } from '../draft.ts';
import { needsBeside } from '../kept.ts';
import { type Build, type Manifest, POINTER, type Pointer } from '../manifest.ts';
import { type Inventory, takeInventory } from '../names/inventory.ts';
import { encodePointer } from '../pointer.ts';
import { type NewBuild, publish } from '../publish.ts';
import { readManifest, readPointer } from '../read.ts';
import { isCallPage } from '../site-path.ts';
import { openStart } from '../start.ts';
import { isTree } from '../tree/tree.ts';

/** For tests only: sites of few files, published as a build does it, though nothing is read or rendered for them. */

export const ORG = 'org_1';
export const AT = '2026-04-03T06:00:00.000Z';
export const KEEPS = { createOnly: true, compareAndSwap: true };

/** Site path → text. */
export type Texts = { [path: string]: string };

/** Publish a site over the one that lies there. @param change what is otherwise than in an ordinary build */
export async function publishTexts(store: Store, texts: Texts, change: Partial<NewBuild> = {}): Promise<Pointer> {
  const over = await openStart(store, ORG);
  const before = over.pointer && (await readManifest(store, ORG, over.pointer));
  const blobs = openBlobs(store, ORG, (change.over ?? over).generation, async () => true);
  const tree = before && isTree(before) ? before.files : undefined;
  await using spool = await openSpool();
  const files = openDraft(tree, new Set(), blobs, spool);
  for await (const [path] of tree ?? []) if (isCallPage(path)) await files.remove(path);
  for (const [path, text] of Object.entries(texts))
    await files.put(path, packNow(encodeText(text), typeOf(path)), text);
  const state = await blobs.put(encodeText(`state ${over.generation}`));
  const day = await blobs.put(encodeText(`day ${over.generation}`));
  const needs = over.pointer && before ? await needsBeside(store, ORG, over.pointer, before) : {};
  return publish(store, ORG, {
    ...{ files, csp: "default-src 'none'", state, stateBlobs: [day.blob], written: blobs.written, over },
    ...{ before, needs },
    ...{ calls: Object.keys(texts).filter(isCallPage).length, mayKeep: true, keeps: KEEPS, publishedAt: AT },
    ...change,
  });
}

const typeOf = (path: string): string =>
  path.endsWith('/') ? 'text/html; charset=utf-8' : path.endsWith('.json') ? 'application/json' : 'image/png';

/** The n-th of several sites: each has a call more than the one before. */
export const textsOf = (n: number): Texts => ({
  ...{ '/': `front ${n}`, '/data/overview.json': `{"n":${n}}`, '/logo.png': 'a picture' },
  ...Object.fromEntries(Array.from({ length: n }, (_, i) => [`/calls/c${i + 1}/`, `call ${i + 1}`])),
});

/** Publish so many of them, one after the other. @returns their pointers */
export async function publishBuilds(store: Store, count: number): Promise<Pointer[]> {
  const pointers: Pointer[] = [];
  for (let n = 1; n <= count; n++) pointers.push(await publishTexts(store, textsOf(n)));
  return pointers;
}

export async function pointerIn(store: Store): Promise<Pointer> {
  const current = await readPointer(store, ORG);
  if (!current) throw new Error('nothing is published');
  return current.pointer;
}

/** @param build by default the current one */
export const manifestIn = async (store: Store, build?: Build): Promise<Manifest> =>
  readManifest(store, ORG, build ?? (await pointerIn(store)));

/** Key inside the organization of the blob of a file. */
export async function blobOf(store: Store, path: string, build?: Build): Promise<string> {
  const file = await (await manifestIn(store, build)).files.get(path);
  if (!file) throw new Error(`no such file: ${path}`);
  return file.blob;
}

/** The pointer is another one, as whoever may write to the store can make it. */
export const putPointer = (store: Store, pointer: Pointer): Promise<string> =>
  store.put(`${ORG}/${POINTER}`, encodePointer(pointer));

/** One bit of an object is another. @param key inside the organization */
export async function flip(store: Store, key: string): Promise<void> {
  const object = await store.get(`${ORG}/${key}`);
  if (!object) throw new Error(`no such object: ${key}`);
  await store.put(`${ORG}/${key}`, object.body.with(0, (object.body[0] ?? 0) ^ 1));
}

/** What a listing tells. @param without keys inside the organization that it leaves out */
export function liesIn(store: Store, without: readonly string[] = []): Promise<Inventory> {
  const listing: Store = {
    ...store,
    async *list(prefix) {
      for await (const object of store.list(prefix))
        if (!without.includes(object.key.slice(ORG.length + 1))) yield object;
    },
  };
  return takeInventory(listing, ORG, undefined);
}

/** Keys inside the organization. */
export async function keysIn(store: Store): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(`${ORG}/`)) keys.push(key.slice(ORG.length + 1));
  return keys;
}
