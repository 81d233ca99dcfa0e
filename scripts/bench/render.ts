import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { astroBuilds, eleventy, type Generator, hugo, own } from './render/generators.ts';
import { nameOf, writeViews } from './render/input.ts';
import type { Measured } from './render/measured.ts';
import { shownText } from './render/text.ts';
import { callViews } from './render/views.ts';
import type { Rendered } from './render/write-pages.ts';
import { type Bench, type Goal, machine, median } from './report.ts';

const PAGES = Number(process.env.CCI_PAGES ?? 10_000);
const ROUNDS = Number(process.env.CCI_ROUNDS ?? 3);
/** So many pages of each generator are compared with ours, word for word. */
const COMPARED = 100;
const GOAL_MEGABYTES = 600;
const GOAL_GARBAGE = 8;
const NEWEST =
  'Astro and Eleventy are the newest that npm has, Hugo the newest that Debian has, in its unstable suite; which they are is in the table.';
/** A disk in memory: on others, making ten thousand files takes longer than rendering what is in them. */
const MEMORY_DISK = '/dev/shm';
/** View models, Hugo's form of them and the pages, with room to spare. */
const BYTES_A_PAGE = 100_000;

interface Result {
  generator: Generator;
  runs: Measured[];
  bytes: number;
}

/** What a generator took, medians over its rounds. */
interface Figures {
  pagesPerSecond: number;
  megabytesPerSecond: number;
  cpuMs: number;
  peak: number;
  /** Milliseconds a page of rendering alone, summed over threads; only where the program says it. */
  renderMs?: number;
  /** Of its threads' time the share that went into collecting garbage, in per cent; only where the program says it. */
  garbage?: number;
}

/** Rendering alone, side by side with other generators on the same view models. */
export const bench: Bench = async () => {
  const disk = inMemory() ? MEMORY_DISK : tmpdir();
  const folder = mkdtempSync(join(disk, 'cci-bench-'));
  try {
    const views = await callViews(PAGES);
    const places = { folder, views: join(folder, 'views') };
    writeViews(places.views, views);
    const others = [astroBuilds(places, [1, 4, 8]), eleventy(places), hugo(places, views)].flat();
    const generators = [
      ...[1, 2].flatMap((threads) => [own(places, 'literal', threads), own(places, 'astro', threads)]),
      ...others.filter((other) => typeof other !== 'string'),
    ];
    const names = views.map(nameOf);
    const results = await race(generators, join(folder, 'out'), names);
    return {
      title: 'Rendering call pages',
      command: `${PAGES === 10_000 ? '' : `CCI_PAGES=${PAGES} `}npm run bench render`,
      machine: machine(),
      method: [
        `${PAGES.toLocaleString('en-GB')} synthetic call pages, from view models in files to pages in files, on ${disk === MEMORY_DISK ? 'a disk in memory' : 'one ordinary disk'}; whole processes, medians of ${ROUNDS} interleaved rounds. All generators show the same text: ${Math.min(COMPARED, PAGES)} pages of each were compared word for word. Ours, \`astro build\` and Hugo escape by construction; the limit, which Eleventy’s template calls, escapes by hand. Of Astro’s three concurrencies only the best one was measured more than once.`,
        NEWEST,
        ...others.filter((other) => typeof other === 'string'),
      ].join(' '),
      tables: [{ head: HEAD, rows: results.map((result) => rowOf(result, results)) }],
      goals: goalsOf(results),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

function inMemory(): boolean {
  if (!existsSync(MEMORY_DISK)) return false;
  const { bavail, bsize } = statfsSync(MEMORY_DISK);
  return bavail * bsize > PAGES * BYTES_A_PAGE;
}

/** All generators in turn, so many rounds; after the first only the best of those that are the same with another setting. */
async function race(generators: readonly Generator[], out: string, names: readonly string[]): Promise<Result[]> {
  const results = generators.map((generator): Result => ({ generator, runs: [], bytes: 0 }));
  const step = Math.max(1, Math.floor(names.length / COMPARED));
  const sample = names.filter((_, i) => i % step === 0);
  let shown: string[] | undefined;
  let field = results;
  for (let round = 0; round < ROUNDS; round++) {
    for (const result of field) {
      rmSync(out, { recursive: true, force: true });
      mkdirSync(out, { recursive: true });
      result.runs.push(await result.generator.run(out));
      if (round > 0) continue;
      const texts = sample.map((name) => shownText(readFileSync(join(out, `${name}.html`), 'utf8')));
      shown ??= texts;
      const other = texts.findIndex((text, i) => text !== shown?.[i]);
      if (other !== -1) throw new Error(`other text: ${result.generator.name} shows another ${sample[other]}`);
      result.bytes = bytesOf(out, names.length);
      process.stderr.write(`${result.generator.name} → ${result.runs[0]?.seconds.toFixed(1)} s\n`);
    }
    const best = fastest(field.filter(({ generator }) => generator.group === 'astro'));
    field = field.filter((result) => result.generator.group !== 'astro' || result === best);
  }
  return field;
}

/** @throws where there is not one page a view */
function bytesOf(out: string, pages: number): number {
  const files = readdirSync(out).filter((name) => name.endsWith('.html'));
  if (files.length !== pages) throw new Error(`missing pages: ${pages} wanted, ${files.length} written`);
  return files.reduce((sum, name) => sum + statSync(join(out, name)).size, 0);
}

const fastest = (results: readonly Result[]): Result | undefined =>
  results.toSorted((a, b) => figuresOf(b).pagesPerSecond - figuresOf(a).pagesPerSecond)[0];

function figuresOf({ runs, bytes }: Result): Figures {
  const seconds = median(runs.map((run) => run.seconds));
  const said = runs.flatMap(({ stdout }) => (stdout.startsWith('{') ? [JSON.parse(stdout) as Rendered] : []));
  return {
    pagesPerSecond: PAGES / seconds,
    megabytesPerSecond: bytes / 1e6 / seconds,
    cpuMs: (median(runs.map((run) => run.cpuSeconds)) / PAGES) * 1000,
    peak: median(runs.map((run) => run.megabytes)),
    ...(said.length > 0 && {
      renderMs: median(said.map(({ rendering }) => rendering / PAGES)),
      garbage: median(said.map(({ garbage, whole }) => (100 * garbage) / whole)),
    }),
  };
}

const HEAD = [
  'generator',
  'threads',
  'pages/s',
  'of the limit',
  'MB/s',
  'KB per page',
  'CPU ms per page',
  'limit’s CPU of its',
  'rendering alone, ms per page',
  'garbage, % of thread time',
  'peak MB',
];

const limitOf = (results: readonly Result[], threads: number): Figures | undefined =>
  results
    .filter(({ generator }) => generator.group === 'limit' && generator.threads === threads)
    .map(figuresOf)
    .at(0);

function rowOf(result: Result, results: readonly Result[]): string[] {
  const { name, threads } = result.generator;
  const figures = figuresOf(result);
  const limit = limitOf(results, threads ?? 1);
  return [
    name,
    threads === undefined ? 'its own' : String(threads),
    Math.round(figures.pagesPerSecond).toLocaleString('en-GB'),
    limit ? (figures.pagesPerSecond / limit.pagesPerSecond).toFixed(2) : '',
    figures.megabytesPerSecond.toFixed(1),
    (result.bytes / PAGES / 1000).toFixed(1),
    figures.cpuMs.toFixed(2),
    limit ? (limit.cpuMs / figures.cpuMs).toFixed(2) : '',
    figures.renderMs?.toFixed(3) ?? '',
    figures.garbage?.toFixed(1) ?? '',
    String(Math.round(figures.peak)),
  ];
}

function goalsOf(results: readonly Result[]): Goal[] {
  const figures = (group: Generator['group'], threads?: number): Figures | undefined =>
    results
      .filter(({ generator }) => generator.group === group && generator.threads === threads)
      .map(figuresOf)
      .at(0);
  const ratio = (what: string, least: number, a: number | undefined, b: number | undefined): Goal => {
    if (a === undefined || b === undefined) return { what, goal: `≥ ${least}`, measured: 'one of the two is missing' };
    return { what, goal: `≥ ${least}`, measured: (a / b).toFixed(2), met: a / b >= least };
  };
  const [one, two] = [figures('ours', 1), figures('ours', 2)];
  const [limitOne, limitTwo] = [figures('limit', 1), figures('limit', 2)];
  const peak = Math.max(one?.peak ?? 0, two?.peak ?? 0);
  const garbage = Math.max(one?.garbage ?? 0, two?.garbage ?? 0);
  return [
    ratio('of the limit’s speed, 1 thread', 0.8, one?.pagesPerSecond, limitOne?.pagesPerSecond),
    ratio('of the limit’s speed, 2 threads', 0.75, two?.pagesPerSecond, limitTwo?.pagesPerSecond),
    ratio('the same, rendering alone, 1 thread', 0.8, limitOne?.renderMs, one?.renderMs),
    ratio('the same, rendering alone, 2 threads', 0.75, limitTwo?.renderMs, two?.renderMs),
    ratio('times `astro build`, 2 threads', 4, two?.pagesPerSecond, figures('astro')?.pagesPerSecond),
    ratio('times Hugo, 2 threads', 3, two?.pagesPerSecond, figures('hugo')?.pagesPerSecond),
    ratio('times Eleventy, 2 threads', 2, two?.pagesPerSecond, figures('eleventy')?.pagesPerSecond),
    {
      what: 'garbage, of the time of ours’ threads, %',
      goal: `≤ ${GOAL_GARBAGE}`,
      measured: garbage.toFixed(1),
      met: garbage <= GOAL_GARBAGE,
    },
    {
      what: 'peak memory, MB',
      goal: `≤ ${GOAL_MEGABYTES}`,
      measured: String(Math.round(peak)),
      met: peak <= GOAL_MEGABYTES,
    },
  ];
}
