import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallChange } from '../days/compare.ts';
import { listed } from '../fixtures/listed.ts';
import { CONFIG, DEFAULT_ROW, objectsOf } from '../fixtures/world.ts';
import { decodeText, encodeText } from '../lib/bytes.ts';
import { silentLog } from '../lib/console.ts';
import { openPool, type Pool, WORTH_THREADS } from '../lib/pool.ts';
import { openSpool, type Slice, type Spool } from '../lib/spool.ts';
import { spooledList } from '../lib/spooled.ts';
import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';
import { tenantConfig } from '../tenants/config.ts';
import { readCalls } from './read-calls.ts';
import type { TenantTerms } from './record-calls.ts';
import type { FetchedBatch } from './worker.ts';

const ORG = 'org_1';
const config = tenantConfig({ ...CONFIG, metadata: { Note: 'note' } }, undefined, true);
const terms: TenantTerms[] = [{ config }, { config, masking: { key: 'k'.repeat(32), org: ORG } }];

let spool: Spool;
let pool: Pool;
beforeAll(async () => {
  spool = await openSpool();
  pool = openPool(2);
});
afterAll(async () => {
  await pool[Symbol.asyncDispose]();
  await spool[Symbol.asyncDispose]();
});

/** What becomes of each call, with what lies in the spool. @param isMany whether there are said to be as many as threads are worth */
async function readAll(
  results: Store,
  changes: readonly CallChange[],
  of: TenantTerms,
  isMany: boolean,
  threads = pool,
) {
  const calls = spooledList<CallChange>(spool);
  for (const change of changes) await calls.push(change);
  const source = { results, org: ORG, rowOf, terms: of, spool, log: silentLog, pool: threads };
  const read = await readCalls(source, { calls, toRead: isMany ? WORTH_THREADS : WORTH_THREADS - 1 });
  const text = async (slice: Slice | undefined) => slice && decodeText(await spool.get(slice));
  const all: object[] = [];
  for await (const { line, turns, terms: found, ...call } of read)
    all.push({ ...call, line: await text(line), turns: await text(turns), terms: await text(found) });
  return all;
}

const header = [...Object.keys(DEFAULT_ROW), '__proto__', undefined];
/** Of one sheet. */
async function rowOf(id: string) {
  if (id === 'c3') return undefined;
  const values = new Map(Object.entries({ ...DEFAULT_ROW, call_id: id }));
  const cells = header.map((name) => values.get(name ?? '') ?? 'x');
  return {
    row: { header, cells: encodeText(JSON.stringify(cells)) },
    etag: `row of ${id}`,
    modified: 1_775_000_000_000,
  };
}

const ids = Array.from({ length: 40 }, (_, i) => `c${i}`);
const damage = fc.oneof(
  { weight: 3, arbitrary: fc.constant((text: string) => encodeText(text)) },
  fc.nat({ max: 900 }).map((end) => (text: string) => encodeText(text.slice(0, end))),
  fc.uint8Array({ maxLength: 9 }).map((bytes) => () => bytes),
);
const object = fc.record({ id: fc.constantFrom(...ids), part: fc.nat({ max: 2 }), damage });

async function changesOf(results: Store): Promise<CallChange[]> {
  const { calls } = await listed(results, ORG, true);
  return ids.map((id, i): CallChange => {
    const objects = calls.get(id);
    if (i % 5 !== 3) return objects ? { id, objects } : { id };
    // Known to the last run, and by now a row.
    const { calls: _, ...others } = objects ?? {};
    return { id, objects: { ...others, row: { etag: 'row', size: 0 } }, before: { etags: {}, kind: 'nothing' } };
  });
}

describe('calls that are read in threads', () => {
  it('come to what they do in the calling one, whatever is in them, in the same order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(object, { maxLength: 60 }), fc.constantFrom(...terms), async (objects, of) => {
        const results = memoryStore();
        for (const { id, part, damage: change } of objects) {
          const [key, text] = [...objectsOf(ORG, { id })][part] ?? ['', ''];
          await results.put(`${ORG}/${key}`, change(text));
        }
        const changes = await changesOf(results);
        const here = await readAll(results, changes, of, false);
        expect(here.map((call) => (call as CallChange).id)).toEqual(ids);
        expect(await readAll(results, changes, of, true)).toEqual(here);
      }),
      { numRuns: Number(process.env.CCI_RUNS ?? 25) },
    );
  });

  it('fail with what the calling one says, and others are read all the same', async () => {
    const results = memoryStore();
    for (const [key, text] of objectsOf(ORG, { id: 'c1' })) await results.put(`${ORG}/${key}`, text);
    const changes = await changesOf(results);
    const nowhere = { config: { ...config, timeZone: 'No/Where' } };
    const [here, there] = await Promise.allSettled(
      [false, true].map((isMany) => readAll(results, changes, nowhere, isMany)),
    );
    expect(here).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('No/Where') } });
    expect(there).toMatchObject({ reason: { message: (here as PromiseRejectedResult).reason.message } });
    expect(await readAll(results, changes, terms[0] as TenantTerms, true)).toHaveLength(ids.length);
  });

  it('name the object that the store does not give', async () => {
    const results = memoryStore();
    for (const [key, text] of objectsOf(ORG, { id: 'c7' })) await results.put(`${ORG}/${key}`, text);
    const changes = await changesOf(results);
    const broken: Store = { ...results, get: (key) => Promise.reject(new Error(`no answer for ${key}`)) };
    for (const isMany of [false, true])
      await expect(readAll(broken, changes, terms[0] as TenantTerms, isMany)).rejects.toThrow(/no answer for .*\/c7\./);
  });

  it('take along no agents and no recipients, of whom a tenant may name many', async () => {
    const sent: string[] = [];
    const seen: Pool = {
      ...pool,
      run(file, task, buffers) {
        sent.push(JSON.stringify((task as FetchedBatch).terms));
        return pool.run(file, task, buffers);
      },
    };
    const agents = Object.fromEntries(
      ids.map((id) => [`${id}@agents.example`, { name: `Agent ${id}`, team: 'North' }]),
    );
    const digest = { enabled: true, recipients: [{ address: 'ann@parcels.example' }] };
    const named = { config: tenantConfig({ ...CONFIG, agents, digest }, undefined, true) };
    const results = memoryStore();
    for (const [key, text] of objectsOf(ORG, { id: 'c1' })) await results.put(`${ORG}/${key}`, text);
    await readAll(results, await changesOf(results), named, true, seen);
    expect(sent).not.toEqual([]);
    for (const text of sent) expect(text).not.toMatch(/North|ann@/);
  });
});
