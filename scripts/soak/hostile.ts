import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildSite } from '../../generator/build.ts';
import { CONFIG, memoryWorld, putCall, rule } from '../../generator/fixtures/world.ts';
import { LIMITS } from '../../generator/lib/limits.ts';
import { openRenderer } from '../../generator/render/renderer.ts';
import type { JsonObject } from '../../generator/source/json.ts';
import { type Check, must } from './lib/check.ts';
import { runTests } from './lib/command.ts';

const TESTS = [
  'generator/source/hostile.test.ts',
  'generator/normalize/naughty.test.ts',
  'generator/traversal.test.ts',
  'generator/growth.test.ts',
];
/** What the build of one call may take of memory at most, in megabytes; an empty one takes about 200. */
const MOST_MEGABYTES = 1000;
/** Of twice the input to what it was before, less what an empty call takes; and of memory with that, as a machine has to have it. */
const MOST_GROWTH = 2.2;
/** Memory without what an empty call takes: it also holds large texts that are dead, and the collector has not come to. */
const MOST_ADDED = 2.75;
/** Rounds of each size, of which the least counts: what else the machine does only adds to it. */
const ROUNDS = 2;
/** Where memory is compared, what is new and dead by then is collected soon: left alone, it takes what is free, however little the call needs. */
const LEAN = ['--max-semi-space-size=1'];

const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const turns = (count: number, text: (i: number) => string) =>
  many(count, (i) => ({ speaker: i % 2 ? 'customer' : 'agent', start_time: i, end_time: i + 1, text: text(i) }));

/** Shapes of one call that grow with a number from 0 to 1, which is the largest that is read. */
const SHAPES: { [name: string]: (size: number) => { call?: JsonObject; qa?: JsonObject[]; enriched?: JsonObject } } = {
  'words in one turn': (size) => ({
    enriched: { transcript: turns(1, () => 'word '.repeat((size * LIMITS.transcript) / 5)) },
  }),
  'numbers in one turn': (size) => ({
    enriched: { transcript: turns(1, () => '01632 960 777 '.repeat((size * LIMITS.transcript) / 14)) },
  }),
  turns: (size) => ({
    enriched: { transcript: turns(size * LIMITS.turns, (i) => `we said ${i} ${'word '.repeat(15)}`) },
  }),
  rules: (size) => ({
    qa: many(size * LIMITS.rules, (i) => rule(`r${i}`, { evidence: `e${i} `.repeat(900), pass: i % 2 === 0 })),
  }),
  insights: (size) => ({
    call: Object.fromEntries(many(size * (LIMITS.fields - 30), (i) => [`k${i}`, ['"&<'.repeat(900)]])),
  }),
  'all at once': (size) => ({
    call: Object.fromEntries(many(size * (LIMITS.fields - 30), (i) => [`k${i}`, many(18, (j) => `${j} <b>`)])),
    qa: many(size * LIMITS.rules, (i) => rule(`r${i}`, { evidence: `we said ${i}`, coach_note: 'n '.repeat(500) })),
    enriched: { transcript: turns(size * LIMITS.turns, (i) => `we said ${i} ${'(@" '.repeat(20)}`) },
  }),
  'at signs': (size) => ({
    call: { from_number: '@'.repeat(size * 4_000_000), summary: '@:1'.repeat(size * 1_000_000) },
  }),
};

/** Builds a site of one such call, and prints what it took. */
async function measure(name: string, size: number): Promise<void> {
  const world = memoryWorld({ renderer: await openRenderer(), maskingKey: 'k'.repeat(32) });
  await putCall(world.results, 'org_1', { id: 'c1', ...SHAPES[name]?.(size) });
  await world.config.put('org_1/report-config.json', JSON.stringify({ ...CONFIG, masking: true }));
  const before = process.cpuUsage();
  const { calls, refused } = await buildSite(world, 'org_1');
  const { user, system } = process.cpuUsage(before);
  const megabytes = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ calls, refused, seconds: (user + system) / 1e6, megabytes }));
}

interface Measured {
  calls: number;
  refused: number;
  seconds: number;
  megabytes: number;
}

/** @property lean megabytes that it cannot do without */
function least(name: string, size: number): Measured & { lean: number } {
  const rounds = (flags: string[]) => Array.from({ length: ROUNDS }, () => measured(name, size, flags));
  const [usual, lean] = [rounds([]), rounds(LEAN)];
  return {
    ...(usual[0] as Measured),
    seconds: Math.min(...usual.map(({ seconds }) => seconds)),
    megabytes: Math.max(...usual.map(({ megabytes }) => megabytes)),
    lean: Math.min(...lean.map(({ megabytes }) => megabytes)),
  };
}

function measured(name: string, size: number, flags: string[]): Measured {
  const { stdout } = spawnSync(process.execPath, [...flags, fileURLToPath(import.meta.url), name, String(size)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(stdout);
}

export const check: Check = {
  does: 'hostile input in its long form, and the build of one call of each shape as it grows to the largest that is read',
  async run({ say }) {
    const env = { CCI_RUNS: '10000', CCI_TRAVERSAL: '2500', CCI_LONG: '1' };
    Object.assign(process.env, env);
    must((await runTests('--reporter=dot', ...TESTS)) === 0, 'a test has failed; see above');
    for (const name of Object.keys(SHAPES)) {
      const [none, half, whole] = [least(name, 0), least(name, 0.5), least(name, 1)];
      const [time, memory] = (['seconds', 'lean'] as const).map(
        (unit) => (whole[unit] - none[unit]) / Math.max(half[unit] - none[unit], unit === 'seconds' ? 0.2 : 50),
      ) as [number, number];
      say(
        `${name}: ${whole.seconds.toFixed(1)} s, ${Math.round(whole.megabytes)} MB (${Math.round(whole.lean)} at least); of half of it ${time.toFixed(2)} and ${memory.toFixed(2)} times`,
      );
      must(whole.calls === 1 && whole.refused === 0, `${name}: it was refused: ${JSON.stringify(whole)}`);
      must(whole.megabytes < MOST_MEGABYTES, `${name}: it took ${whole.megabytes} MB`);
      must(
        time < MOST_GROWTH && memory < MOST_ADDED && whole.lean < MOST_GROWTH * half.lean,
        `${name}: twice the input took ${time} times the time, ${memory} of memory`,
      );
    }
  },
};

if (import.meta.main) await measure(process.argv[2] ?? '', Number(process.argv[3]));
