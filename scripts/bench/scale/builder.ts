// A build of thin calls as a process of its own: `builder.ts <folder of the stores "reports" and "events"> <order as JSON>`. It ends with what `build --json`
// prints. Calls are made when they are asked for, so that the process's memory is the build's.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { consoleLog } from '../../../generator/lib/console.ts';
import { openPool } from '../../../generator/lib/pool.ts';
import { say } from '../../../generator/lib/printable.ts';
import { openRenderer } from '../../../generator/render/renderer.ts';
import { buildAll } from '../../../generator/run.ts';
import { objectFeed } from '../../../generator/source/feed/event-objects.ts';
import { fileStore } from '../../../generator/store/file.ts';
import { memoryStore } from '../../../generator/store/memory.ts';
import { configOf, ORG, type Size, thinCalls } from '../fold/input.ts';
import { stubRenderer } from '../fold/stub-renderer.ts';

/** What a build finds. */
export interface Order {
  size: Size;
  /** How often the calls of the last day have been analysed again, and how many of them. */
  lastDay: number;
  ofLastDay: number;
  /** How often one in a hundred, of all days, has been analysed again. */
  spread: number;
  /** Whether the change feed is asked. */
  feed: boolean;
  /** Whether pages are a line of text, made in this thread. */
  stub: boolean;
}

const [folder = '', text = ''] = process.argv.slice(2);
const { size, lastDay, ofLastDay, spread, feed, stub } = JSON.parse(text) as Order;
const { days } = size;
const again = (nth: number): number =>
  (nth % days === days - 1 && nth < ofLastDay * days ? lastDay : 0) +
  (Math.floor(nth / days) % 100 === 50 ? spread : 0);
const at = (name: string) => fileStore(pathToFileURL(join(folder, name)).href);
const config = memoryStore();
await config.put(`${ORG}/report-config.json`, configOf(size));
await using pool = stub ? undefined : openPool();
const organizations = await buildAll(
  {
    results: thinCalls(size, again),
    config,
    reports: at('reports'),
    ...(feed && { events: objectFeed(at('events')) }),
    renderer: stub ? stubRenderer : await openRenderer(),
    pool,
    // One for all: another build goes on from it although the code has changed.
    codeVersion: 'bench',
    now: () => new Date(),
    logFor: (org) => consoleLog(say`${org}  `),
  },
  [ORG],
);
process.stdout.write(JSON.stringify({ organizations }));
process.exitCode = organizations.some((each) => 'problems' in each) ? 1 : 0;
