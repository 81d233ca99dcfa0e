import { expect, it } from 'vitest';
import { buildSite } from '../../build.ts';
import { isLong } from '../../fixtures/long.ts';
import { memoryWorld } from '../../fixtures/world.ts';
import { silentLog } from '../../lib/console.ts';
import { openStart } from '../../publish/start.ts';
import { readStatus } from '../../publish/status.ts';
import { Overtaken } from '../../publish/switch.ts';
import { publishTexts, textsOf } from '../../publish/testing/small-site.ts';
import { buildAll } from '../../run.ts';
import { memoryStore } from '../../store/memory.ts';
import { collect } from '../../store/ranges.ts';
import { PreconditionFailed, type Store } from '../../store/store.ts';
import { snapshotOf, storeOf } from '../../testing/copies.ts';
import { builtWorld, CANARY, DOOMED_ID, NUMBER, ORG } from '../../testing/erased-call.ts';
import { faultyStore } from '../../testing/faulty-store.ts';
import { readWholeSite } from '../../testing/whole-site.ts';
import { forgetStatus } from './forget-status.ts';
import { hasTraces, removeTenant, upstreamOf } from './remove.ts';
import { sweepSite } from './sweep-site.ts';

const ID = '0'.repeat(32);
const OTHER = 'org_12';
const keysOf = async (store: Store): Promise<string[]> => (await collect(store.list(''))).map(({ key }) => key);

/** A built organization whose input is gone, mail of it, and a neighbour that begins alike. */
async function world() {
  const { reports, results, config, ...rest } = await builtWorld();
  const notes = {
    [`mail/frozen/${ORG}/2026-03-29/${ID}.eml`]: 'Hear it',
    [`mail/frozen/${OTHER}/2026-03-29/${ID}.eml`]: 'Hear it, too',
    [`mail/ledger/${ORG}/2026-03-29/${ID}.json`]: JSON.stringify({ state: 'failed', reason: `about ${DOOMED_ID}.` }),
    [`mail/preferences/${ORG}/${ID}-daily.json`]: '{"subscribed":false}',
    'mail/events/2026/03/29/a.json': `${JSON.stringify({
      eventType: 'Bounce',
      bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: 'a@b.example' }] },
      mail: { commonHeaders: { subject: `calls/${DOOMED_ID}/` } },
    })}\n`,
    'audit/2026-03-29/0530-a-0.jsonl': '{}',
    [`${OTHER}/pointer.json`]: '{}',
    [`${ORG}/sent-days.json`]: '{}',
  };
  for (const [key, text] of Object.entries(notes)) await reports.put(key, text);
  const { status } = await readStatus(reports);
  const organizations = { ...status.organizations, [OTHER]: { lastRunAt: '2026-03-29T00:00:00Z' } };
  await reports.put('status.json', JSON.stringify({ ...status, organizations }));
  return { ...rest, reports, results, config };
}

const KEPT = [
  'audit/2026-03-29/0530-a-0.jsonl',
  'mail/events/2026/03/29/a.json',
  `mail/frozen/${OTHER}/2026-03-29/${ID}.eml`,
  `mail/ledger/${ORG}/2026-03-29/${ID}.json`,
  `mail/preferences/${ORG}/${ID}-daily.json`,
  `${OTHER}/pointer.json`,
  'status.json',
];
const withoutAssets = (keys: string[]) => keys.filter((key) => !key.startsWith('assets/')).sort();

it('names where the input and the configuration still are, by folder, and no neighbour', async () => {
  const stores = await world();
  await stores.results.put(`${OTHER}/enriched/a.json`, '{}');
  const upstream = await upstreamOf(stores, ORG);
  expect(upstream.map(({ folders }) => folders.map(({ folder }) => folder))).toEqual([
    [`${ORG}/enriched/`, `${ORG}/final/`],
    [`${ORG}/`],
  ]);
  expect(JSON.stringify(upstream)).not.toContain(CANARY);
  expect(await upstreamOf(stores, 'org')).toEqual([]);
});

it('removes site, state, kept builds and kept mail, keeps the ledger without what names a call, and proves it', async () => {
  const stores = await world();
  expect(await hasTraces(stores, ORG)).toBe(true);
  const { proof, ...removed } = await removeTenant(stores, ORG);
  expect(removed).toMatchObject({ calls: 4, left: [], kept: { ledger: 1, preferences: 1, events: true, audit: true } });
  expect(proof).toMatchObject({ objects: 4, hits: [], unreadable: [] });
  expect(withoutAssets(await keysOf(stores.reports))).toEqual([...KEPT].sort());
  for (const { key, body } of await snapshotOf(stores.reports))
    for (const word of [CANARY, NUMBER]) expect([key, Buffer.from(body).includes(word)]).toEqual([key, false]);
  const event = await stores.reports.get('mail/events/2026/03/29/a.json');
  expect(Buffer.from(event?.body ?? []).toString()).toContain('a@b.example');
  expect(Object.keys((await readStatus(stores.reports)).status.organizations)).toEqual([OTHER]);
  expect(await hasTraces(stores, ORG)).toBe(false);
});

it('finds what the search is there for: a kept object that names a call', async () => {
  const stores = await world();
  const reports: Store = {
    ...stores.reports,
    // Nobody can write the event anew.
    put: (key, body, options) =>
      key.startsWith('mail/events/') ? Promise.resolve('') : stores.reports.put(key, body, options),
  };
  const { proof } = await removeTenant({ ...stores, reports }, ORG);
  expect(proof.hits).toEqual([{ key: 'mail/events/2026/03/29/a.json', what: ['ids and pages of its calls'] }]);
});

it('takes the line out of the status on a store that refuses every If-Match, too', async () => {
  const stores = await world();
  const reports: Store = {
    ...stores.reports,
    put: (key, body, options) =>
      options?.ifMatch === undefined
        ? stores.reports.put(key, body, options)
        : Promise.reject(new PreconditionFailed(key)),
  };
  expect(await forgetStatus(reports, ORG)).toBe(true);
  expect(await forgetStatus(reports, ORG)).toBe(false);
  expect(Object.keys((await readStatus(stores.reports)).status.organizations)).toEqual([OTHER]);
});

it('ends when it is run again after it was killed at any call', async () => {
  const before = await snapshotOf((await world()).reports);
  const fresh = () => storeOf(before, { time: 0 });
  const stores = await world();
  const { calls, store } = faultyStore(await fresh());
  await removeTenant({ ...stores, reports: store }, ORG);
  const changes = calls.flatMap(({ method }, i) => (method === 'put' || method === 'remove' ? [i + 1] : []));
  expect(changes.length).toBeGreaterThan(20);
  const some = changes.filter((_, i) => isLong || i % 16 === 0 || i >= changes.length - 4);
  for (const call of some) {
    const reports = await fresh();
    const killed = faultyStore(reports, new Map([[call, 'crash after']])).store;
    await expect(removeTenant({ ...stores, reports: killed }, ORG)).rejects.toThrow();
    expect(await removeTenant({ ...stores, reports }, ORG)).toMatchObject({ left: [], proof: { hits: [] } });
    expect(withoutAssets(await keysOf(reports))).toEqual([...KEPT].sort());
  }
});

it('leaves no half of a site, whenever a build publishes meanwhile', async () => {
  /** A store in which a build publishes before the call of that number. */
  const withBuild = (inner: Store, at: number) => {
    let call = 0;
    const before = async () => {
      if (++call === at) await publishTexts(inner, textsOf(3)).catch(() => {});
    };
    const store: Store = {
      ...inner,
      get: async (...given) => before().then(() => inner.get(...given)),
      put: async (...given) => before().then(() => inner.put(...given)),
      remove: async (...given) => before().then(() => inner.remove(...given)),
    };
    return { store, count: () => call };
  };
  let published = 0;
  for (let at = 1, most = 1; at <= most; at += isLong ? 1 : 4) {
    const inner = memoryStore();
    await publishTexts(inner, textsOf(2));
    const { store, count } = withBuild(inner, at);
    await sweepSite(store, ORG);
    most = count();
    // Throws where an object is missing.
    if (await readWholeSite(inner, ORG)) published++;
    else expect(await keysOf(inner)).toEqual([]);
  }
  expect(published).toBe(0);
});

it('lets no build publish that began before, and none make an empty site of what was removed', async () => {
  const reports = memoryStore();
  await publishTexts(reports, textsOf(2));
  const over = await openStart(reports, ORG);
  let tried: Promise<unknown> | undefined;
  /** It cannot from the first object on that is removed; what it has written by then goes too. */
  const remove = async (key: string) => {
    tried ??= publishTexts(reports, textsOf(3), { over }).catch((error: unknown) => error);
    await tried;
    await reports.remove(key);
  };
  await sweepSite({ ...reports, remove }, ORG);
  expect(await keysOf(reports)).toEqual([]);
  await expect(publishTexts(reports, textsOf(3), { over })).rejects.toThrow(Overtaken);
  expect(await tried).toBeInstanceOf(Overtaken);
  const gone = memoryWorld();
  await expect(buildSite(gone, ORG)).rejects.toThrow('It has neither input nor a site any more');
  expect(await keysOf(gone.reports)).toEqual([]);
  const listed = { ...gone.results, folders: async () => [ORG] };
  const [outcome] = await buildAll({ ...gone, results: listed, logFor: () => silentLog }, undefined);
  expect(outcome).toMatchObject({ gone: true });
  expect((await readStatus(gone.reports)).status.organizations).toEqual({});
});

it('lets no build publish that began before, while the pointer was lost', async () => {
  const reports = memoryStore();
  await publishTexts(reports, textsOf(2));
  await reports.remove(`${ORG}/pointer.json`);
  const over = await openStart(reports, ORG);
  await sweepSite(reports, ORG);
  await expect(publishTexts(reports, textsOf(3), { over })).rejects.toThrow(Overtaken);
  expect(await reports.get(`${ORG}/pointer.json`)).toBeUndefined();
  // One that begins now is a new organization's.
  await publishTexts(reports, textsOf(3));
});

it('stops where builds never stop', async () => {
  const inner = memoryStore();
  const busy: Store = {
    ...inner,
    get: async (key, options) => {
      if (key === `${ORG}/pointer.json`) await inner.put(key, `another ${Math.random()}`);
      return inner.get(key, options);
    },
  };
  await busy.put(`${ORG}/blobs/a.1`, 'a');
  await expect(sweepSite(busy, ORG)).rejects.toThrow('builds publish it again while it is removed. Stop them');
});
