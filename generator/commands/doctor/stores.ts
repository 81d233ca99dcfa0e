import { oneLine, say } from '../../lib/printable.ts';
import type { Settings } from '../../settings.ts';
import { isQueue } from '../../source/feed/feed-url.ts';
import { openStore } from '../../store/open.ts';
import { probeConditionalWrites } from '../../store/probe.ts';
import type { S3Options } from '../../store/s3-wire.ts';
import type { Store } from '../../store/store.ts';
import type { Context, StoreName } from './context.ts';
import { attempt, type Finding, notChecked, ok, warning, whyOf, wrong } from './finding.ts';

/** What each store is for; `input`: this product only reads it. */
const STORES: readonly { name: StoreName; holds: string; input?: true; needed?: true }[] = [
  { name: 'results', holds: 'what the pipeline wrote', input: true, needed: true },
  { name: 'config', holds: 'configurations', input: true },
  { name: 'input', holds: 'recordings', input: true },
  { name: 'reports', holds: 'sites' },
  { name: 'events', holds: 'events' },
];

/** The stores that are set; a queue is none. Nothing is asked of them yet. */
export function openStores(settings: Settings, s3: S3Options): Context['stores'] {
  const stores: Context['stores'] = {};
  for (const { name } of STORES) {
    const url = settings[name];
    if (url !== undefined && !isQueue(url)) stores[name] = openStore(url, s3);
  }
  return stores;
}

/** Whether each store can be listed and read, the reports written, and the others not. */
export async function checkStores({ stores, settings }: Context): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name, holds, input, needed } of STORES) {
    const store = stores[name];
    if (!store) continue;
    const read = await attempt(`${name}: list`, () => checkReading(name, store, { holds, needed }));
    findings.push(...read);
    // What cannot be reached at all says so once; who may not list may write all the same.
    const [list] = read;
    if (list?.result === 'wrong' && (name !== 'reports' || !/\(AccessDenied\)/.test(list.text))) continue;
    if (input) findings.push(...(await checkNotBeyond(name, store)));
    if (name === 'reports') findings.push(...(await checkWriting(store, settings.mailUrl !== undefined)));
  }
  if (settings.events !== undefined && isQueue(settings.events))
    findings.push(
      notChecked(
        'events',
        say`The change feed is a queue. To look into it would take its messages from a run, so it was left alone; build says what is wrong with it.`,
      ),
    );
  return findings;
}

async function checkReading(
  name: StoreName,
  store: Store,
  { holds, needed }: { holds: string; needed?: true },
): Promise<Finding[]> {
  const [list, read] = [`${name}: list`, `${name}: read`];
  const key = await firstKey(store);
  if (key === undefined) {
    const empty = say`There is no object in ${placeOf(store)} to read.`;
    return [
      ok(list, say`${placeOf(store)} can be listed. It is empty so far, or not there.`),
      needed ? wrong(read, say`${empty} It should hold ${holds}. Check its address.`) : notChecked(read, empty),
    ];
  }
  const listed = ok(list, say`${placeOf(store)} can be listed.`);
  try {
    await store.get(key, { range: { start: 0, end: 1 } });
    return [listed, ok(read, say`${placeOf(store)} can be read.`)];
  } catch (error) {
    return [listed, wrong(read, oneLine([say`${placeOf(store)} can be listed but not read.`, whyUnread(error, key)]))];
  }
}

/** A bucket whose key may not be used says so in words, or only that access is denied. */
function whyUnread(error: unknown, key: string) {
  const why = whyOf(error, [key]);
  const isDenied = /AccessDenied/.test(why) && !/kms/i.test(why);
  return isDenied
    ? oneLine([why, say`If its objects are encrypted with a KMS key, kms:Decrypt on that key too.`])
    : why;
}

/** Of an object that can be asked for by its name. */
async function firstKey(store: Store): Promise<string | undefined> {
  for await (const { key, size } of store.list(''))
    if (size > 0 && !key.startsWith('/') && !key.includes('//')) return key;
  return undefined;
}

/** Its address without options. */
const placeOf = ({ url }: Store): string => url.split('?')[0] ?? url;

/** The results, the configuration and the recordings are not ours to change. Nothing is written to find out. */
async function checkNotBeyond(name: StoreName, store: Store): Promise<Finding[]> {
  const check = `${name}: not written`;
  // A folder's rights are those of the user who runs this.
  if (!store.mayWrite) return [];
  return attempt(check, async () => {
    const may = await store.mayWrite?.(`cci-doctor-${name}`);
    if (may === undefined)
      return notChecked(check, say`Nothing tells whether these credentials may write to ${placeOf(store)}.`);
    return may
      ? warning(
          check,
          say`These credentials may write to ${placeOf(store)}, which this product only reads. Take s3:PutObject and s3:DeleteObject on it away.`,
        )
      : ok(check, say`These credentials may not write to ${placeOf(store)}, as it should be.`);
  });
}

/** Writes, overwrites and removes one object of its own, `cci-probe-…` at the top of the store, which nothing reads as data. */
async function checkWriting(store: Store, hasMail: boolean): Promise<Finding[]> {
  const [write, conditional] = ['reports: write', 'reports: conditional writes'];
  try {
    const { createOnly, compareAndSwap } = await probeConditionalWrites(store);
    const lacks = [...(createOnly ? [] : ['If-None-Match']), ...(compareAndSwap ? [] : ['If-Match'])];
    const written = ok(write, say`${placeOf(store)} can be written, overwritten and removed from.`);
    if (lacks.length === 0) return [written, ok(conditional, say`Of several writers at once one wins.`)];
    const found = say`${placeOf(store)} does not keep ${lacks.join(' and ')}: two runs at once could overwrite each other, and no digest is sent.`;
    const finding = oneLine([found, say`Use a store that supports conditional writes, as Amazon S3 and folders do.`]);
    return [written, (hasMail ? wrong : warning)(conditional, finding)];
  } catch (error) {
    return [wrong(write, whyOf(error))];
  }
}
