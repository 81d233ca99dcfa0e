import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryWorld, pageText, published, putCall } from '../fixtures/world.ts';
import { type Log, silentLog } from '../lib/console.ts';
import { buildAll } from '../run.ts';
import { memoryStore } from '../store/memory.ts';
import { s3Store } from '../store/s3.ts';
import type { Store } from '../store/store.ts';
import type { Fault } from '../store/testing/s3-double/faults.ts';
import { type S3Double, s3Double } from '../store/testing/s3-double.ts';
import { openGuard, probePrefix } from './guard.ts';
import { readStatus } from './status.ts';

const ORGS = ['org_1', 'org_2'];
const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };

/** Two organizations of one call each, what is said in a run of them, and the keys of all that the run writes. */
async function world(inner: Store) {
  const results = memoryStore();
  for (const org of ORGS) await putCall(results, org, { id: 'a' });
  const said: string[] = [];
  const written: string[] = [];
  const reports: Store = {
    ...inner,
    put: (key, body, options) => {
      written.push(key);
      return inner.put(key, body, options);
    },
  };
  const log: Log = { ...silentLog, say: (text) => said.push(text) };
  const run = (organizationsAtOnce = 2) =>
    buildAll({ ...memoryWorld({ results, reports }), organizationsAtOnce, logFor: () => log }, undefined);
  return { results, reports, said, written, run };
}
const probesIn = (keys: readonly string[]) => new Set(keys.filter((key) => key.includes('cci-probe-')));
async function keysIn(store: Store): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list('')) keys.push(key);
  return keys;
}

describe('a run', () => {
  it('probes once, before the first switch, and leaves nothing of it', async () => {
    const { reports, run, written, said } = await world(memoryStore());
    await run();
    expect(probesIn(written).size).toBe(1);
    const first = written.findIndex((key) => key.endsWith('/pointer.json'));
    expect(written.findLastIndex((key) => key.includes('cci-probe-'))).toBeLessThan(first);
    expect([...probesIn(written)][0]).toMatch(/^org_[12]\/builds\/1-cci-probe-/);
    expect(probesIn(await keysIn(reports)).size).toBe(0);
    expect(said).toEqual([]);
  });

  it('probes nothing where it publishes nothing', async () => {
    const { run, written } = await world(memoryStore());
    await run();
    written.length = 0;
    await run();
    expect(written).toEqual(['status.json']);
  });

  it('removes what a run left that was killed while it probed', async () => {
    const { results, reports, run } = await world(memoryStore());
    await reports.put(`${probePrefix('org_1', 1)}cci-probe-x`, 'second');
    await reports.put(`${probePrefix('org_2', 0)}cci-probe-y`, 'second');
    await run();
    expect(probesIn(await keysIn(reports)).size).toBe(0);
    await putCall(results, 'org_1', { id: 'b' });
    expect(await run()).toMatchObject([{ result: { published: true } }, { result: { published: false } }]);
  });

  it('asks again for the next organization where a probe failed', async () => {
    const inner = memoryStore();
    let failing = true;
    const frail: Store = {
      ...inner,
      async put(key, body, options) {
        if (failing && key.includes('cci-probe-')) {
          failing = false;
          throw new Error('the store has gone away');
        }
        return inner.put(key, body, options);
      },
    };
    const { run } = await world(frail);
    expect(await run(1)).toMatchObject([{ problems: ['the store has gone away'] }, { result: { published: true } }]);
  });
});

describe('on a server without conditional writes', () => {
  let double: S3Double;
  beforeEach(async () => {
    double = await s3Double();
  });
  afterEach(() => double[Symbol.asyncDispose]());

  const CONDITIONS = ['if-match', 'if-none-match'] as const;
  const conditional = ({ method, headers }: Parameters<NonNullable<Fault['when']>>[0]) =>
    method === 'PUT' && CONDITIONS.some((name) => headers[name] !== undefined);
  const always = Number.POSITIVE_INFINITY;
  const ignores: Fault = {
    times: always,
    when({ method, headers }) {
      if (method === 'PUT') for (const name of CONDITIONS) delete headers[name];
      return false;
    },
  };

  it.each<[string, Fault]>([
    ['ignores them', ignores],
    ['does not know them', { times: always, status: 501, code: 'NotImplemented', when: conditional }],
    [
      'refuses them even where they hold',
      { times: always, status: 412, code: 'PreconditionFailed', when: conditional },
    ],
  ])('that %s, a run says so once, publishes all the same and ends well', async (_what, fault) => {
    double.faults.push(fault);
    const reports = s3Store(double.url('reports'), { credentials });
    const { results, run, said } = await world(reports);
    const warning = expect.stringContaining('two runs at once could overwrite each other. Run one at a time');
    for (const generation of [1, 2]) {
      said.length = 0;
      expect(await run()).toMatchObject(ORGS.map(() => ({ result: { published: true, generation } })));
      expect(said).toEqual([warning]);
      expect(said[0]).toContain(reports.url);
      for (const org of ORGS) {
        await putCall(results, org, { id: `more ${generation}` });
        for (const path of (await published(reports, org)).keys()) await pageText(reports, org, path);
      }
    }
    for (const org of ORGS) await results.remove(`${org}/enriched/a.json`);
    await run();
    expect(await run()).toMatchObject(ORGS.map(() => ({ result: { published: false, generation: 3 } })));
    expect((await readStatus(reports)).status.organizations).toMatchObject({ org_2: { generation: 3 } });
    expect(probesIn(await keysIn(reports)).size).toBe(0);
  });

  it('a run still sees that another one was clearly faster', async () => {
    double.faults.push(ignores);
    const inner = s3Store(double.url('reports'), { credentials });
    const { results, run } = await world(inner);
    await run();
    await putCall(results, 'org_1', { id: 'b' });
    let raced = false;
    const slow: Store = {
      ...inner,
      async put(key, body, options) {
        if (!raced && key.startsWith('org_1/blobs/')) {
          raced = true;
          await putCall(results, 'org_1', { id: 'c' });
          await run();
        }
        return inner.put(key, body, options);
      },
    };
    const said: string[] = [];
    const log: Log = { ...silentLog, say: (text) => said.push(text) };
    const late = await buildAll({ ...memoryWorld({ results, reports: slow }), logFor: () => log }, ['org_1']);
    expect(said.join('\n')).toContain('another run published org_1 meanwhile; starting again');
    expect(late).toMatchObject([{ result: { calls: 3 } }]);
    expect([...(await published(inner, 'org_1')).keys()]).toContain('/calls/c/');
  });
});

it('warns once, however often it is asked', async () => {
  const said: string[] = [];
  const deaf = memoryStore();
  const guard = openGuard({ ...deaf, put: (key, body) => deaf.put(key, body) });
  const log: Log = { ...silentLog, say: (text) => said.push(text) };
  const asked = await Promise.all([guard(probePrefix('a', 1), log), guard(probePrefix('b', 7), log)]);
  expect(asked).toEqual([1, 2].map(() => ({ createOnly: false, compareAndSwap: false })));
  expect(said).toHaveLength(1);
});
