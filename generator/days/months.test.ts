import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countParties } from '#shared/counts/cube.ts';
import type { Call } from '#shared/model.ts';
import { countedOf } from '../fixtures/counted.ts';
import { openSpool } from '../lib/spool.ts';
import { openBlobs } from '../publish/blobs.ts';
import { memoryStore } from '../store/memory.ts';
import { blobsOfMonths, linesOf, type Months, monthOfDay, readCounts, writeMonth } from './months.ts';
import { openParties } from './parties.ts';
import { openStateFiles, stateReader } from './state-files.ts';

const ORG = 'org_1';
const CRITICAL = new Set(['greets']);
const DAYS = ['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02', null];

const call = fc
  .record({
    agent: fc.constantFrom('ann', 'ben', '__proto__', null),
    from: fc.constantFrom('+441632960001', '+441632960002', '__proto__'),
    durationSeconds: fc.constantFrom(undefined, 1, 2.5, 100),
    passed: fc.boolean(),
  })
  .map(
    ({ passed, ...drawn }): Omit<Call, 'id' | 'day'> => ({
      ...drawn,
      direction: 'inbound',
      qa: 'evaluated',
      score: passed ? 95 : 20,
      passed,
      rules: [{ rule: passed ? 'constructor' : 'greets', name: 'Greets', pass: passed }],
      insights: [],
      metadata: [],
      transcript: 'absent',
    }),
  );
/** Calls of the days that are other ones after a run; a day without calls is gone. */
const run = fc.array(fc.tuple(fc.constantFrom(...DAYS), fc.array(call, { maxLength: 4 })), { maxLength: 3 });

it('holds what all days come to, whatever happened before, and writes only months with a change', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 4 }), async (runs) => {
      const store = memoryStore();
      await using spool = await openSpool();
      const calls = new Map<string, Call[]>();
      let months: Months = {};
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
            return [day, own.length > 0 ? linesOf(own, CRITICAL, 'UTC') : undefined] as const;
          });
          const at = await writeMonth(files, before[month], new Map(lines));
          if (at) months[month] = at;
          else delete months[month];
        }
        const all = [...calls.values()].flat();
        const fromStore = stateReader(store, ORG);
        for (const read of [files.read, fromStore])
          expect(await readCounts(read, months)).toEqual(countedOf(all, [...CRITICAL]));
        const parties = openParties(fromStore, months);
        for (const [day, own] of calls)
          expect({ ...(await parties(day)) }).toEqual({ ...(own.length > 0 ? countParties(own) : undefined) });
        const touched = new Set([...written.keys()].map(monthOfDay));
        for (const [month, at] of Object.entries(before)) if (!touched.has(month)) expect(months[month]).toEqual(at);
        for (const blob of blobs.written.keys()) expect(blobsOfMonths(months)).toContain(blob);
      }
    }),
    { numRuns: Number(process.env.CCI_RUNS ?? 50) },
  );
});

it('takes a blob again that holds the same, and throws where one is damaged', async () => {
  const store = memoryStore();
  await using spool = await openSpool();
  const day = '2026-03-01';
  const own: Call = { ...fc.sample(call, { numRuns: 1, seed: 1 })[0], id: 'a', day } as Call;
  const write = (generation: number, before?: Months[string]) =>
    writeMonth(
      openStateFiles(
        store,
        ORG,
        spool,
        openBlobs(store, ORG, generation, async () => true),
      ),
      before,
      new Map([[day, linesOf([own], CRITICAL, 'UTC')]]),
    );
  const at = await write(1);
  if (!at) throw new Error('missing month');
  expect(await write(2, at)).toEqual(at);
  await store.put(`${ORG}/${at.counts.blob}`, 'x');
  await expect(readCounts(stateReader(store, ORG), { '2026-03': at })).rejects.toThrow(`damaged state: ${ORG}/`);
});
