import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sha256 } from '../lib/bytes.ts';
import { fileStore } from './file.ts';
import type { FileCalls } from './file-changes.ts';
import type { Store } from './store.ts';
import { type Change, isLinear, keepHistory, type Version } from './testing/history.ts';
import type { Order, Report } from './testing/paused-child.ts';
import { type Stepper, stepper } from './testing/stepped.ts';

/** Schedules that are tried. Where `npm run soak -- schedules` asks for more, all pairs and calls are tried too. */
const SCHEDULES = Number(process.env.CCI_SCHEDULES ?? 20);
const isLong = process.env.CCI_SCHEDULES !== undefined;

const folder = mkdtempSync(join(tmpdir(), 'cci-changes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let stores = 0;
const newUrl = () => pathToFileURL(join(folder, `store-${++stores}`)).href;
const scratchOf = (url: string) => join(new URL(url).pathname, '.cci-tmp');
const left = (url: string) => (existsSync(scratchOf(url)) ? readdirSync(scratchOf(url)) : []);
let bodies = 0;
const newBody = () => `body ${++bodies}`;

const KINDS = ['swap', 'put', 'create', 'remove'] as const;
type Kind = (typeof KINDS)[number];
const changeOf = (kind: Kind, over: Version): Change =>
  kind === 'remove' ? { kind } : kind === 'swap' ? { kind, body: newBody(), over } : { kind, body: newBody() };
const ALL_PAIRS = KINDS.flatMap((kind) => KINDS.map((rival): [Kind, Kind] => [kind, rival]));
const PAIRS: [Kind, Kind][] = [
  ['swap', 'swap'],
  ['swap', 'remove'],
  ['put', 'swap'],
  ['remove', 'put'],
];

/** A store that has tidied up, as it does before its first change. */
async function warm(url: string, calls: FileCalls): Promise<Store> {
  const store = fileStore(url, calls);
  await store.put(`warm/${newBody()}`, 'x');
  return store;
}

/** A store with one object, its history from then on, and whoever comes last. */
async function oneObject(url = newUrl()) {
  const key = `org/${sha256(newBody()).slice(0, 8)}`;
  const { history, ...keep } = keepHistory(key);
  const store = fileStore(url);
  const change: Change = { kind: 'create', body: newBody() };
  const { etag = '' } = await keep.change(store, change);
  return { url, key, history, ...keep, store, over: { body: change.body, etag } };
}

describe('a process that is stopped before any of its calls', () => {
  let child: ChildProcess;
  beforeAll(() => {
    child = fork(new URL('./testing/paused-child.ts', import.meta.url), { execArgv: [] });
  });
  afterAll(() => void child.kill('SIGKILL'));

  async function order(order: Order): Promise<Report> {
    const answer = once(child, 'message');
    child.send(order);
    return (await answer)[0] as Report;
  }

  it.each(isLong ? ALL_PAIRS : PAIRS)(
    'by a signal, in the midst of a %s, and another one does a %s: both are as if one came after the other',
    async (kind, rival) => {
      const url = newUrl();
      for (let stopAt = 1; ; stopAt++) {
        const { store, key, history, begin, change, read, over } = await oneObject(url);
        const own = changeOf(kind, over);
        const end = begin(own);
        const at = await order({ url, key, change: own, stopAt });
        if (!('at' in at)) {
          // Fewer calls than that: all of them have been tried.
          expect([kind, at]).toEqual([kind, { refused: kind === 'create' }]);
          expect(stopAt).toBeGreaterThan(kind === 'create' ? 3 : 5);
          return;
        }
        child.kill('SIGSTOP');
        const outcome = await change(store, changeOf(rival, over));
        const seen = await read(store);
        const ended = once(child, 'message');
        child.kill('SIGCONT');
        child.send('go on');
        const [report] = (await ended) as [{ refused: boolean }];
        end({ refused: report.refused });
        await read(store);
        expect([at.at, stopAt, history, isLinear(history)]).toEqual([at.at, stopAt, history, true]);
        if (kind === 'swap' && rival === 'swap')
          expect([outcome.refused, report.refused].sort()).toEqual([false, true]);
        if (rival === 'put') expect(seen).toBeDefined();
        expect(left(url)).toEqual([]);
      }
    },
  );

  it.each(isLong ? [1, 2, 3, 4, 5, 6, 7, 8, 9] : [8])(
    'by its death before call %i of a swap leaves a store that goes on',
    async (stopAt) => {
      const { url, key, history, begin, change, read, over } = await oneObject();
      const own = changeOf('swap', over);
      begin(own);
      const dying = fork(new URL('./testing/paused-child.ts', import.meta.url), { execArgv: [] });
      const at = once(dying, 'message');
      dying.send({ url, key, change: own, stopAt } satisfies Order);
      await at;
      const dead = once(dying, 'exit');
      dying.kill('SIGKILL');
      expect((await dead)[1]).toBe('SIGKILL');
      const next = fileStore(url);
      const now = (await read(next)) as Version;
      expect((await change(next, changeOf('swap', now))).refused).toBe(false);
      await read(next);
      expect(isLinear(history)).toBe(true);
      expect(left(url)).toEqual([]);
    },
  );
});

it.each(KINDS)(
  'where a %s is never finished, whatever it had done, the next one goes on and cleans up',
  async (kind) => {
    for (let calls = 1; ; calls++) {
      const { url, key, history, begin, change, read, store, over } = await oneObject();
      const own = changeOf(kind, over);
      const keep = keepHistory(key);
      const { step } = stepper(
        (of) => warm(url, of),
        (its) => keep.change(its, own),
      );
      let at: keyof FileCalls | 'end' = 'open';
      for (let i = 0; i < calls && at !== 'end'; i++) at = await step();
      if (at === 'end') return;
      begin(own);
      for (const rival of ['swap', 'put', 'remove', 'create'] as const)
        await change(store, changeOf(rival, (await read(store)) ?? over));
      await change(fileStore(url), changeOf('put', over));
      expect([history, isLinear(history)]).toEqual([history, true]);
      expect(left(url)).toEqual([]);
    }
  },
);

it('two that are stopped before their last rename do not both have their way', async () => {
  for (const [first, second] of ALL_PAIRS.filter((pair) => !pair.includes('create'))) {
    const { url, history, change, read, store, over } = await oneObject();
    const [one, two] = [first, second].map((kind) =>
      stepper(
        (calls) => warm(url, calls),
        (own) => change(own, changeOf(kind, over)),
      ),
    ) as [Stepper, Stepper];
    const untilAlone = async ({ step }: Stepper, kind: Kind) => {
      // A write renames twice: its file is announced, and put in its place.
      let renames = kind === 'remove' ? 1 : 0;
      for (let at = await step(); at !== 'end'; at = await step()) if (at === 'rename' && ++renames === 2) return;
    };
    await untilAlone(one, first);
    await untilAlone(two, second);
    while ((await one.step()) !== 'end');
    await read(store);
    while ((await two.step()) !== 'end');
    await read(store);
    expect([first, second, history, isLinear(history)]).toEqual([first, second, history, true]);
  }
});

it('of many writers in any order, some of whom are never heard of again, each sees what the others did', async () => {
  const writers = fc.array(
    fc.record({
      kinds: fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 2 }),
      dies: fc.option(fc.nat(25)),
      isWarm: fc.boolean(),
    }),
    { minLength: 2, maxLength: 4 },
  );
  const turns = fc.infiniteStream(fc.nat(1_000));
  const trial = fc.asyncProperty(writers, turns, async (those, choices) => {
    const { url, history, change, read, store, over } = await oneObject();
    const all = those.map(({ kinds, dies, isWarm }) => {
      const { step } = stepper(
        async (calls) => (isWarm ? warm(url, calls) : fileStore(url, calls)),
        async (own) => {
          for (const kind of kinds) await change(own, changeOf(kind, (await read(own)) ?? over));
        },
      );
      return { step, lives: dies ?? Number.POSITIVE_INFINITY };
    });
    for (let live = all; live.length > 0; ) {
      const one = live[(choices.next().value ?? 0) % live.length] as (typeof all)[0];
      if (one.lives-- <= 0 || (await one.step()) === 'end') live = live.filter((each) => each !== one);
    }
    const last = await read(store);
    await change(fileStore(url), changeOf('put', over));
    await read(store);
    expect(isLinear(history)).toBe(true);
    const wonOver = history.filter(
      ({ change, refused }) => change !== 'read' && change.kind === 'swap' && refused === false,
    );
    const etags = wonOver.map(({ change }) => (change as { over: Version }).over.etag);
    expect(new Set(etags).size).toBe(etags.length);
    expect(last === undefined || last.body.startsWith('body ')).toBe(true);
    expect(left(url)).toEqual([]);
  });
  await fc.assert(trial, { numRuns: SCHEDULES });
});

it.each([-10, 0, 10])(
  'what others have left is gone with the next write, also where its time is %i years off',
  async (years) => {
    const { url, key, store, over } = await oneObject();
    const scratch = scratchOf(url);
    const hash = sha256(key).slice(0, 32);
    const [file, announced, folder, old] = ['0123456789abcdef', `${hash}.0123`, `${hash}.4567`, `lock-${hash}`];
    for (const name of [file, announced]) writeFileSync(join(scratch, name), 'left');
    for (const name of [folder, old]) mkdirSync(join(scratch, name));
    writeFileSync(join(scratch, folder, 'removed'), 'left');
    const time = Date.now() / 1000 + years * 365 * 86_400;
    for (const name of left(url)) utimesSync(join(scratch, name), time, time);
    await fileStore(url).put(key, 'next', { ifMatch: over.etag });
    expect(new TextDecoder().decode((await store.get(key))?.body)).toBe('next');
    expect(left(url)).toEqual([]);
  },
);

it('needs no clock: each write over the other holds its condition, whatever time it is', async () => {
  const { key, store, over } = await oneObject();
  let { etag } = over;
  try {
    for (const days of [0, 400, -400, 0, 0]) {
      vi.setSystemTime(Date.now() + days * 86_400_000);
      const next = await store.put(key, newBody(), { ifMatch: etag });
      await expect(store.put(key, newBody(), { ifMatch: etag })).rejects.toThrow('precondition failed');
      etag = next;
    }
  } finally {
    vi.useRealTimers();
  }
});

it('keeps objects as plain files, and takes what was put there by other means', async () => {
  const url = newUrl();
  const root = new URL(url).pathname;
  mkdirSync(join(root, 'org'), { recursive: true });
  writeFileSync(join(root, 'org', 'pointer.json'), 'by hand');
  const store = fileStore(url);
  const etag = (await store.get('org/pointer.json'))?.etag;
  await store.put('org/pointer.json', 'one', { ifMatch: etag });
  expect(readFileSync(join(root, 'org', 'pointer.json'), 'utf8')).toBe('one');
  writeFileSync(join(root, 'org', 'pointer.json'), 'by hand again');
  await expect(store.put('org/pointer.json', 'two', { ifMatch: etag })).rejects.toThrow('precondition failed');
  const names = readdirSync(root, { recursive: true }).map(String);
  expect(names.sort()).toEqual(['.cci-tmp', 'org', join('org', 'pointer.json')]);
});

it('removes no folder where a key names one', async () => {
  const url = newUrl();
  const store = fileStore(url);
  await store.put('org/a', 'a');
  await store.remove('org');
  expect((await store.get('org/a'))?.size).toBe(1);
});
