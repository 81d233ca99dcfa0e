// `npm run bench build`: time, stages and peak memory of builds, cold, with 1 % changed and unchanged, a process each, and
// what an unchanged one asks of its stores. CCI_SIZES=1200,10000 leaves sizes out.
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureAstro } from './build/against-astro.ts';
import { changeCalls, type Size, writeCalls } from './build/calls.ts';
import { countRequests, type Measured, measureBuild, type Requests } from './build/measure.ts';
import { astroOf, type Found, goalsOf, number, requestsOf, stepsOf, timesOf } from './build/tables.ts';
import { type Bench, machine } from './report.ts';

/** A size and how it is measured. */
interface Measurement extends Size {
  rounds: number;
  /** Whether Astro's own incremental build is measured beside ours. */
  astro?: boolean;
}

const SIZES: Measurement[] = [
  { calls: 1_200, days: 50, rounds: 3 },
  { calls: 10_000, days: 60, rounds: 3, astro: true },
  { calls: 100_000, days: 365, rounds: 1 },
];
const ASTRO_NOTE =
  ' Astro’s own incremental build makes the call pages alone, with the same templates, from view models in files; it was checked that it rendered only what had changed.';
/** Of the calls. */
const CHANGED = 0.01;
const KINDS = ['cold', '1 % changed', 'unchanged'] as const;

export const bench: Bench = async () => {
  const sizes = chosen();
  const found: Found[] = [];
  for (const size of sizes) found.push(await measureSize(size));
  return {
    title: 'Builds',
    command: 'npm run bench build',
    machine: machine(),
    method: `Synthetic calls of one tenant, each with a transcript of 10 to 20 KB and metadata, in \`file:\` stores; whole processes, medians of rounds (${sizes.map(({ calls, rounds }) => `${rounds} at ${number(calls)}`).join(', ')}). Steps are those of the log; the rest is starting Node, state, days and views. Requests were counted in one more run of each kind; a build does not open the input bucket.${found.some(({ astro }) => astro) ? ASTRO_NOTE : ''}`,
    tables: [timesOf(found), stepsOf(found), requestsOf(found), ...astroOf(found)],
    goals: goalsOf(found),
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

async function measureSize({ rounds, astro, ...size }: Measurement): Promise<Found> {
  const say = (text: string) => void process.stderr.write(`build ${size.calls}  ${text}\n`);
  const folder = await mkdtemp(join(tmpdir(), 'cci-bench-'));
  const forget = () => rmSync(folder, { recursive: true, force: true });
  // Gigabytes must not stay where somebody has had enough of waiting.
  const stop = () => process.exit(130);
  process.once('exit', forget).once('SIGINT', stop);
  const written = await writeCalls(folder, size, say);
  const changed = Math.round(written * CHANGED);
  const builds = new Map<string, Measured[]>([...KINDS].map((kind) => [kind, []]));
  const measure = (kind: (typeof KINDS)[number]) => {
    const measured = measureBuild(folder);
    builds.get(kind)?.push(measured);
    say(`${kind}: ${measured.seconds.toFixed(2)} s, ${Math.round(measured.megabytes)} MB`);
  };
  for (let round = 0; round < rounds; round++) {
    await rm(join(folder, 'reports'), { recursive: true, force: true });
    measure('cold');
    await changeCalls(folder, changed, round);
    measure('1 % changed');
    measure('unchanged');
  }
  await changeCalls(folder, changed, rounds);
  const counted = new Map<string, Requests>();
  for (const kind of KINDS.slice(1)) counted.set(kind, await countRequests(folder));
  const beside = astro ? await measureAstro(folder, changed, rounds) : undefined;
  forget();
  process.off('exit', forget).off('SIGINT', stop);
  return { calls: builds.get('cold')?.[0]?.calls ?? 0, builds, counted, astro: beside };
}
