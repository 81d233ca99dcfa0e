import { afterAll, beforeAll, expect, it } from 'vitest';
import { countAbout } from '#shared/counts/about.ts';
import type { Call } from '#shared/model.ts';
import { openSpool, type Spool } from '../lib/spool.ts';
import { openBlobs } from '../publish/blobs.ts';
import { memoryStore } from '../store/memory.ts';
import { linesOf, type Months, monthOfDay, readCounts, writeMonth } from './months.ts';
import { emptyState, type State } from './state.ts';
import { openStateFiles } from './state-files.ts';
import { tellApart } from './tell-apart.ts';

let spool: Spool;
beforeAll(async () => {
  spool = await openSpool();
});

afterAll(() => spool[Symbol.asyncDispose]());

const call = (topic: string): Call =>
  ({ agent: 'ann', rules: [], metadata: [], insights: [{ key: 'topic', value: topic }] }) as unknown as Call;

/** Count days over a state. @param days day → the topics of its calls @returns what came of it, and how often months and days were read */
async function run(state: State, calls: { [day: string]: string[] }) {
  const files = openStateFiles(
    memoryStore(),
    'org_1',
    spool,
    openBlobs(memoryStore(), 'org_1', 1, async () => true),
  );
  const months: Months = {};
  for (const [month, days] of Map.groupBy(Object.keys(calls), monthOfDay)) {
    const lines = days.map((day) => {
      const own = calls[day]?.map(call) ?? [];
      return [day, linesOf(own, new Set(), 'UTC', state.dimensions)] as const;
    });
    const at = await writeMonth(files, undefined, new Map(lines));
    if (at) months[month] = at;
  }
  const read = { months: 0, days: [] as string[] };
  const readMonth: typeof files.read = async (at) => {
    read.months++;
    return files.read(at);
  };
  const readDay = async (day: string) => {
    read.days.push(day);
    return calls[day]?.map(call) ?? [];
  };
  const told = await tellApart({ ...state, months }, {}, { ...files, read: readMonth }, readDay);
  return { ...told, read, kept: await readCounts(files.read, told.state.months) };
}

const many = (topic: string, times: number): string[] => Array.from({ length: times }, () => topic);
const FIRST = { '2026-03-01': [...many('Bills', 3), 'Meters'], '2026-04-01': ['Meters'] };

it('counts days again where a value has come, and reads each month once more for it', async () => {
  const { counted, kept, read, state } = await run(emptyState(''), FIRST);
  expect(state.dimensions).toEqual([{ id: 'topic', values: ['Bills', 'Meters'] }]);
  expect(read).toEqual({ months: 4, days: Object.keys(FIRST) });
  expect(counted).toEqual(kept);
  const own = FIRST['2026-03-01'].map(call);
  expect(counted.cubes.get('2026-03-01')?.about).toBe(JSON.stringify(countAbout(own, state.dimensions)));
});

it('reads nothing again where only the order of values is another one', async () => {
  const before = (await run(emptyState(''), FIRST)).state;
  const { counted, kept, read, state } = await run(before, { ...FIRST, '2026-04-01': many('Meters', 9) });
  expect(state.dimensions).toEqual([{ id: 'topic', values: ['Meters', 'Bills'] }]);
  expect(read).toEqual({ months: 2, days: [] });
  expect(counted).toEqual(kept);
});
