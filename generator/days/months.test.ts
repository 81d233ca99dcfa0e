import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { aboutOf } from '#shared/counts/about.ts';
import { countParties } from '#shared/counts/cube.ts';
import type { Dimension } from '#shared/filter/dimension-id.ts';
import type { Call } from '#shared/model.ts';
import { countedOf } from '../fixtures/counted.ts';
import { compress, encodeText } from '../lib/bytes.ts';
import { openSpool } from '../lib/spool.ts';
import { openBlobs } from '../publish/blobs.ts';
import { memoryStore } from '../store/memory.ts';
import { blobsOfMonths, type Counted, linesOf, type Months, monthOfDay, readCounts, writeMonth } from './months.ts';
import { openParties } from './parties.ts';
import { emptyState } from './state.ts';
import { openStateFiles, stateReader } from './state-files.ts';
import { tellApart } from './tell-apart.ts';

const ORG = 'org_1';
const CRITICAL = new Set(['greets']);
const DAYS = ['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02', null];

const call = fc
  .record({
    agent: fc.constantFrom('ann', 'ben', '__proto__', null),
    from: fc.constantFrom('+441632960001', '+441632960002', '__proto__'),
    durationSeconds: fc.constantFrom(undefined, 1, 2.5, 100),
    passed: fc.boolean(),
    // More topics than are told apart, and insights that calls can be told apart by after some runs and not after others.
    topic: fc.oneof(fc.constantFrom('Bills', '__proto__', 'constructor'), fc.nat(80).map(String)),
    isSolved: fc.option(fc.boolean()),
    tone: fc.constantFrom('calm', 'loud', 'so many words that this is no kind of calls but one', 7),
    queue: fc.option(fc.constantFrom('North', 'South')),
    tooShort: fc.constantFrom(undefined, undefined, undefined, true as const),
  })
  .map(
    ({ passed, topic, isSolved, tone, queue, ...drawn }): Omit<Call, 'id' | 'day'> => ({
      ...drawn,
      direction: 'inbound',
      qa: 'evaluated',
      score: passed ? 95 : 20,
      passed,
      rules: [{ rule: passed ? 'constructor' : 'greets', name: 'Greets', pass: passed }],
      insights: [
        { key: 'topic', value: topic },
        { key: 'solved', value: isSolved },
        { key: 'tone', value: tone },
      ].filter(({ value }) => value !== null),
      metadata: queue === null ? [] : [{ label: 'Queue', value: queue }],
      transcript: 'absent',
    }),
  );
/** Calls of the days that are other ones after a run; a day without calls is gone. */
const run = fc.array(fc.tuple(fc.constantFrom(...DAYS), fc.array(call, { maxLength: 30, size: 'max' })), {
  maxLength: 3,
});

it('holds what all days come to, whatever happened before, and writes only months with a change', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 4 }), async (runs) => {
      const store = memoryStore();
      await using spool = await openSpool();
      const calls = new Map<string, Call[]>();
      let months: Months = {};
      let dimensions: Dimension[] = [];
      for (const [generation, changes] of runs.entries()) {
        const blobs = openBlobs(store, ORG, generation + 1, async () => true);
        const files = openStateFiles(store, ORG, spool, blobs);
        const before = months;
        months = { ...before };
        const written = new Map(
          changes.map(([day, own]) => [day ?? 'undated', own.map((each, i) => ({ ...each, id: `${day}-${i}`, day }))]),
        );
        for (const [day, own] of written) calls.set(day, own);
        for (const [month, days] of Map.groupBy(written.keys(), monthOfDay)) {
          const lines = days.map((day) => {
            const own = written.get(day) ?? [];
            return [day, own.length > 0 ? linesOf(own, CRITICAL, 'UTC', dimensions) : undefined] as const;
          });
          const at = await writeMonth(files, before[month], new Map(lines));
          if (at) months[month] = at;
          else delete months[month];
        }
        const all = [...calls.values()].flat();
        const read = async (day: string) => calls.get(day) ?? [];
        const { state, counted } = await tellApart({ ...emptyState(''), months, dimensions }, before, files, read);
        ({ months, dimensions } = state);
        expect(dimensions).toEqual(dimensionsOf(all));
        const wanted = countedOf(all, [...CRITICAL], 'UTC', dimensions);
        const fromStore = stateReader(store, ORG);
        expect(parsed(counted)).toEqual(wanted);
        expect(parsed(await readCounts(fromStore, months))).toEqual(wanted);
        const parties = openParties(fromStore, months);
        for (const [day, own] of calls)
          expect({ ...(await parties(day)) }).toEqual({ ...(own.length > 0 ? countParties(own) : undefined) });
        const touched = new Set([...written.keys()].map(monthOfDay));
        for (const [month, at] of Object.entries(before))
          if (!touched.has(month)) expect(months[month]?.parties).toEqual(at.parties);
        for (const blob of blobs.written.keys()) expect(blobsOfMonths(months)).toContain(blob);
      }
    }),
    { numRuns: Number(process.env.CCI_RUNS ?? 50) },
  );
});

/** What calls are told apart by, from the calls themselves. */
function dimensionsOf(calls: readonly Call[]): Dimension[] {
  const list = (values: readonly unknown[]) =>
    [...Map.groupBy(values, String)]
      .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
      .map(([value]) => value)
      .slice(0, 50);
  const of = (key: string) =>
    calls.flatMap(({ insights }) => insights.filter((each) => each.key === key)).map((each) => each.value);
  const queues = list(calls.flatMap(({ metadata }) => metadata.map(({ value }) => value)));
  const tones = of('tone');
  const short = tones.filter((tone) => String(tone).length === 4);
  const all: Dimension[] = [
    { id: 'topic', values: list(of('topic')) },
    { id: 'field.Queue', values: queues },
    { id: 'insight.solved', values: list(of('solved')) },
    { id: 'insight.tone', values: short.length >= tones.length * 0.95 ? list(short) : [] },
  ];
  return all.filter(({ id, values }) => values.length > (id === 'topic' ? 0 : 1));
}

/** With what calls are about at hand. */
const parsed = ({ cubes, usual }: Counted): Counted => ({
  cubes: new Map([...cubes].map(([day, cube]) => [day, { ...cube, about: aboutOf(cube) }])),
  usual,
});

it('takes a blob again that holds the same, and throws where one is damaged', async () => {
  const store = memoryStore();
  await using spool = await openSpool();
  const day = '2026-03-01';
  const own: Call = { ...fc.sample(call, { numRuns: 1, seed: 1 })[0], id: 'a', day } as Call;
  const write = async (generation: number, before?: Months[string]) => {
    const blobs = openBlobs(store, ORG, generation, async () => true);
    const files = openStateFiles(store, ORG, spool, blobs);
    const at = await writeMonth(files, before, new Map([[day, linesOf([own], CRITICAL, 'UTC')]]));
    return at && { ...at, counts: await files.settle(at.counts, before?.counts.blob) };
  };
  const at = await write(1);
  if (!at) throw new Error('missing month');
  expect(await write(2, at)).toEqual(at);
  await store.put(`${ORG}/${at.counts.blob}`, 'x');
  await expect(readCounts(stateReader(store, ORG), { '2026-03': at })).rejects.toThrow(`damaged state: ${ORG}/`);
});

it('holds no more of a line than what its day comes to', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = async () => {
    // What one collection finds dead may hold what only the next one finds.
    for (let i = 0; i < 3; i++) {
      collect();
      await setImmediate();
    }
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const MANY = 16_000_000;
  const own: Call[] = [{ ...fc.sample(call, { numRuns: 1, seed: 1 })[0], id: 'a', day: '2026-03-01' } as Call];
  const { counts } = linesOf(own, CRITICAL, 'UTC', dimensionsOf(own));
  const packed = await compress(encodeText(`2026-03-01\t${counts}${' '.repeat(MANY)}\n`), 0);
  const at = { blob: '', sha256: '' };
  const before = await held();
  const { cubes } = await readCounts(async () => packed, { '2026-03': { counts: at, parties: at } });
  expect((await held()) - before).toBeLessThan(MANY / 2);
  expect(cubes.get('2026-03-01')?.about).toContain('topic');
});
