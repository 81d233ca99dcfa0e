// `npm run bench build`: time, stages and peak memory of builds, cold, with 1 % changed and unchanged, a process each, beside those
// of an older version, and what an unchanged one asks of its stores. CCI_SIZES=1200,10000 leaves sizes out.
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureAstro } from './build/against-astro.ts';
import { changeCalls, type Size, writeCalls } from './build/calls.ts';
import { goalsOf } from './build/goals.ts';
import { type Builder, countRequests, measureBuild, OURS, type Requests, WITHOUT_SEARCH } from './build/measure.ts';
import { searchGoals, searchTable } from './build/search-cost.ts';
import {
  astroOf,
  type Builds,
  type Found,
  LAST_DAYS_CHANGED,
  number,
  requestsOf,
  stepsOf,
  timesOf,
} from './build/tables.ts';
import { BEFORE, openVersionBefore } from './build/version-before.ts';
import { type Bench, machine } from './report.ts';
import { undoneAtTheEnd } from './undone.ts';

/** A size and how it is measured. */
interface Measurement extends Size {
  rounds: number;
  /** Whether Astro's own incremental build is measured beside ours. */
  astro?: boolean;
  /** Whether builds without search are measured beside ours. */
  search?: boolean;
}

const SIZES: Measurement[] = [
  { calls: 1_200, days: 50, rounds: 3 },
  { calls: 10_000, days: 60, rounds: 3, astro: true, search: true },
  { calls: 100_000, days: 365, rounds: 1 },
];
const ASTRO_NOTE =
  'Astro’s own incremental build makes the call pages alone, with the same templates, from view models in files; it was checked that it rendered only what had changed.';
const SEARCH_NOTE = `What search costs is what the same build needs more than one whose calls have no terms and whose site has no files to search in, in turns with it, of the processors; rendering is the step of that name of ${BEFORE}, compression included.`;
/** Of the calls. */
const CHANGED = 0.01;
const KINDS = ['cold', '1 % changed', LAST_DAYS_CHANGED, 'unchanged'] as const;

export const bench: Bench = async () => {
  const sizes = chosen();
  const before = openVersionBefore((text) => void process.stderr.write(`build  ${text}\n`));
  const found: Found[] = [];
  await undoneAtTheEnd(
    () => typeof before !== 'string' && before.remove(),
    async () => {
      const old =
        typeof before === 'string'
          ? undefined
          : { root: before.root, entry: 'generator/cli.ts', reports: 'reports-before' };
      for (const size of sizes) found.push(await measureSize(size, old));
    },
  );
  return {
    title: 'Builds',
    command: 'npm run bench build',
    machine: machine(),
    method: [
      `Synthetic calls of one tenant, each with a transcript of 10 to 20 KB and metadata, in \`file:\` stores; whole processes, medians of rounds (${sizes.map(({ calls, rounds }) => `${rounds} at ${number(calls)}`).join(', ')}). Steps are those of the log; the rest is starting Node, state, days and views. Requests were counted in one more run of each kind; a build does not open the input bucket, and each asks once whether a pipeline has calls that wait, which is not among them.`,
      typeof before === 'string'
        ? before
        : `Version ${BEFORE} of this project built the same calls in turns with it, from a work tree with its own packages; a share is the median of each round’s.`,
      ...(found.some(({ without }) => without) ? [SEARCH_NOTE] : []),
      ...(found.some(({ astro }) => astro) ? [ASTRO_NOTE] : []),
    ].join(' '),
    tables: [
      timesOf(found, BEFORE),
      ...searchTable(found, BEFORE),
      stepsOf(found),
      requestsOf(found),
      ...astroOf(found),
    ],
    goals: [...goalsOf(found, BEFORE), ...searchGoals(found, BEFORE)],
  };
};

/** @throws where CCI_SIZES names a size that there is not */
function chosen(): Measurement[] {
  const wanted = process.env.CCI_SIZES?.split(',').map(Number);
  const unknown = wanted?.find((calls) => !SIZES.some((size) => size.calls === calls));
  if (unknown !== undefined)
    throw new Error(`unknown size in CCI_SIZES: ${unknown}. There are: ${SIZES.map(({ calls }) => calls).join(', ')}`);
  return SIZES.filter(({ calls }) => !wanted || wanted.includes(calls));
}

async function measureSize({ rounds, astro, search, ...size }: Measurement, old: Builder | undefined): Promise<Found> {
  const say = (text: string) => void process.stderr.write(`build ${size.calls}  ${text}\n`);
  const folder = await mkdtemp(join(tmpdir(), 'cci-bench-'));
  return undoneAtTheEnd(
    () => rmSync(folder, { recursive: true, force: true }),
    async () => {
      const { calls: written, late } = await writeCalls(folder, size, say);
      const changed = Math.round(written * CHANGED);
      const none = (): Builds => new Map([...KINDS].map((kind) => [kind, []]));
      const ours = { builder: OURS, name: '', builds: none() };
      const before = old && { builder: old, name: `${BEFORE} `, builds: none() };
      const without = search ? { builder: WITHOUT_SEARCH, name: 'without search ', builds: none() } : undefined;
      const all = [ours, without, before].filter((each) => each !== undefined);
      const measure = (kind: (typeof KINDS)[number], round: number) => {
        // In turns: what the one leaves in the cache of the disk is not always for the other.
        for (const { builder, name, builds } of round % 2 === 0 ? all : all.toReversed()) {
          const measured = measureBuild(folder, builder);
          builds.get(kind)?.push(measured);
          const { seconds, cpuSeconds, megabytes } = measured;
          say(`${name}${kind}: ${seconds.toFixed(2)} s, ${cpuSeconds.toFixed(2)} s CPU, ${Math.round(megabytes)} MB`);
        }
      };
      for (let round = 0; round < rounds; round++) {
        for (const { builder } of all) await rm(join(folder, builder.reports), { recursive: true, force: true });
        measure('cold', round);
        await changeCalls(folder, changed, round);
        measure('1 % changed', round);
        await changeCalls(folder, changed, rounds + round, late);
        measure(LAST_DAYS_CHANGED, round);
        measure('unchanged', round);
      }
      await changeCalls(folder, changed, 2 * rounds);
      const counted = new Map<string, Requests>();
      for (const kind of ['1 % changed', 'unchanged']) counted.set(kind, await countRequests(folder));
      return {
        calls: ours.builds.get('cold')?.[0]?.calls ?? 0,
        builds: ours.builds,
        before: before?.builds,
        without: without?.builds,
        counted,
        astro: astro ? await measureAstro(folder, changed, rounds) : undefined,
      };
    },
  );
}
