// `npm run bench scale`: memory and time of builds of a hundred thousand calls and, where CCI_SCALE=100000,1000000 asks for it, of a million: whole processes, thin
// calls that are made when they are asked for, and a folder for the site, which takes 8 KB a call. CCI_SCALE names sizes by their calls.
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../generator/render/version.ts';
import { announce } from '../../generator/source/feed/event-objects.ts';
import { fileStore } from '../../generator/store/file.ts';
import { type Measured, measureProcess } from './build/measure.ts';
import { number } from './build/tables.ts';
import { keyOfCall, ORG, type Size } from './fold/input.ts';
import { type Bench, type Goal, machine } from './report.ts';
import type { Order } from './scale/builder.ts';
import { undoneAtTheEnd } from './undone.ts';

const [HUNDRED_THOUSAND, MILLION] = [100_000, 1_000_000];
const [AGENTS, DAYS] = [200, 365];
/** Where one of the sizes is above it, templates are replaced by a line of text for all of them: what is compared is made alike. */
const MOST_PAGES = 300_000;
/** Of the last day, whatever the size: so much comes between two runs. The smallest size has just so many. */
const OF_LAST_DAY = 273;

/** A run after the one before, and what has happened in between. */
interface Kind {
  name: string;
  happened?: 'last day' | 'spread';
  feed?: true;
}

const KINDS: readonly Kind[] = [
  { name: 'cold' },
  { name: '1 % changed', happened: 'spread' },
  { name: 'last day changed', happened: 'last day' },
  { name: 'last day changed, with a feed', happened: 'last day', feed: true },
  { name: 'unchanged' },
  { name: 'unchanged, with a feed', feed: true },
];

/** Peak memory in MB, with templates where there are not too many pages for them. */
const MEGABYTES = [
  { calls: HUNDRED_THOUSAND, kind: 'cold', most: 700 },
  { calls: HUNDRED_THOUSAND, kind: '1 % changed', most: 500 },
  { calls: HUNDRED_THOUSAND, kind: 'unchanged', most: 300 },
  { calls: MILLION, kind: 'cold', most: 900 },
];
/** CPU time at a million, of that at a hundred thousand. */
const TIMES = [
  { kind: 'last day changed, with a feed', most: 1.5 },
  { kind: 'unchanged, with a feed', most: 1.1 },
];

type Found = Map<string, Measured>;

export const bench: Bench = async () => {
  const found = new Map<number, Found>();
  const sizes = chosen();
  const stub = isStubbed(sizes);
  for (const calls of sizes) found.set(calls, await measureSize({ calls, agents: AGENTS, days: DAYS }, stub));
  const rows = [...found].flatMap(([calls, kinds]) =>
    [...kinds].map(([kind, { seconds, cpuSeconds, megabytes }]) => [
      number(calls),
      kind,
      seconds.toFixed(1),
      cpuSeconds.toFixed(1),
      number(Math.round(megabytes)),
    ]),
  );
  return {
    title: 'Builds of very many calls',
    command: `CCI_SCALE=${[...found.keys()]} npm run bench scale`,
    machine: machine(),
    method: `Calls with two turns each, of ${AGENTS} agents over ${DAYS} days, made when they are read; the site lies in a folder; whole processes, once each. ${stub ? 'Templates are replaced by a line of text and pages are made in one thread.' : 'Pages have their templates.'} Of the last day ${OF_LAST_DAY} calls were analysed again, whatever the size. The feed is a folder of events.`,
    tables: [{ head: ['calls', 'build', 'seconds', 'CPU seconds', 'peak MB'], rows }],
    goals: [...MEGABYTES.flatMap((goal) => memoryGoal(found, goal)), ...TIMES.flatMap((goal) => timeGoal(found, goal))],
  };
};

/** @throws where CCI_SCALE has anything but numbers of calls */
function chosen(): number[] {
  const sizes = (process.env.CCI_SCALE ?? String(HUNDRED_THOUSAND)).split(',').map(Number);
  if (!sizes.every((calls) => Number.isInteger(calls) && calls >= OF_LAST_DAY * DAYS))
    throw new Error(
      `wrong CCI_SCALE: ${process.env.CCI_SCALE}. It takes numbers of calls from ${OF_LAST_DAY * DAYS} on.`,
    );
  return sizes;
}

const isStubbed = (sizes: readonly number[]): boolean => sizes.some((calls) => calls > MOST_PAGES);

async function measureSize(size: Size, stub: boolean): Promise<Found> {
  const folder = await mkdtemp(join(tmpdir(), 'cci-bench-'));
  const builder = join(ROOT, 'scripts/bench/scale/builder.ts');
  const events = fileStore(pathToFileURL(join(folder, 'events')).href);
  const order: Order = {
    size,
    lastDay: 0,
    ofLastDay: OF_LAST_DAY,
    spread: 0,
    feed: false,
    stub,
  };
  const found: Found = new Map();
  return undoneAtTheEnd(
    () => rmSync(folder, { recursive: true, force: true }),
    async () => {
      for (const { name, happened, feed = false } of KINDS) {
        if (happened === 'spread') order.spread++;
        if (happened === 'last day') order.lastDay++;
        if (feed && happened) await announce(events, ORG, keysOfLastDay());
        const measured = measureProcess([builder, folder, JSON.stringify({ ...order, feed })], ROOT);
        found.set(name, measured);
        const { seconds, cpuSeconds, megabytes } = measured;
        process.stderr.write(
          `scale ${size.calls}  ${name}: ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s CPU, ${Math.round(megabytes)} MB\n`,
        );
      }
      return found;
    },
  );
}

/** Of the calls that are analysed again. */
const keysOfLastDay = (): string[] => Array.from({ length: OF_LAST_DAY }, (_, i) => keyOfCall(i * DAYS + DAYS - 1));

function memoryGoal(found: ReadonlyMap<number, Found>, { calls, kind, most }: (typeof MEGABYTES)[number]): Goal[] {
  const measured = found.get(calls)?.get(kind)?.megabytes;
  const isOtherwiseMade = calls <= MOST_PAGES && isStubbed([...found.keys()]);
  if (measured === undefined || isOtherwiseMade) return [];
  const what = `${number(calls)} calls, ${kind}: peak memory, MB`;
  return [{ what, goal: `≤ ${most}`, measured: String(Math.round(measured)), met: measured <= most }];
}

function timeGoal(found: ReadonlyMap<number, Found>, { kind, most }: (typeof TIMES)[number]): Goal[] {
  const [few, many] = [HUNDRED_THOUSAND, MILLION].map((calls) => found.get(calls)?.get(kind)?.cpuSeconds);
  if (few === undefined || many === undefined) return [];
  const what = `${number(MILLION)} calls, ${kind}: CPU time, of that at ${number(HUNDRED_THOUSAND)}`;
  return [{ what, goal: `≤ ${most}`, measured: (many / few).toFixed(2), met: many / few <= most }];
}
