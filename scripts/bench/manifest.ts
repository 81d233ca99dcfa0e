// `npm run bench manifest`: what the manifest of a large site costs a gate that looks paths up in it, and a build that changes some.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../generator/render/version.ts';
import { CALLS, CHANGED_CALLS, CHANGED_OTHERS, KEPT_BUILDS, OTHERS, STATE_BLOBS } from './manifest/site.ts';
import { type Bench, machine, median } from './report.ts';

const ROUNDS = Number(process.env.CCI_ROUNDS ?? 3);
/** Pages that a gate looks up beside the first: of more parts than it may hold. */
const PATHS = 50_000;
const MB = 1e6;

interface Written {
  objects: number;
  bytes: number;
  root: number;
  seconds: number;
}

interface LookUps {
  first: number;
  /** Of the processor. */
  firstCpu: number;
  again: number[];
  others: number[];
  afterFirst: number;
  afterMany: number;
}

export const bench: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cci-bench-manifest-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const url = pathToFileURL(folder).href;
  const wrote: { cold: Written; day: Written; oneObject: number } = JSON.parse(
    run('write.ts', ['--max-old-space-size=8192'], [url]),
  );
  const rounds = Array.from({ length: ROUNDS }, (_, round): LookUps => {
    const found: LookUps = JSON.parse(run('look-up.ts', ['--expose-gc'], [url, String(PATHS)]));
    process.stderr.write(`   looked up, round ${round + 1}: the first took ${found.first.toFixed(1)} ms\n`);
    return found;
  });
  const [first, firstCpu, again, others] = [
    median(rounds.map((each) => each.first)),
    median(rounds.map((each) => each.firstCpu)),
    median(rounds.map((each) => median(each.again))),
    median(rounds.map((each) => median(each.others))),
  ];
  const [afterFirst, afterMany] = [
    Math.max(...rounds.map((each) => each.afterFirst)),
    Math.max(...rounds.map((each) => each.afterMany)),
  ];
  const row = (what: string, { objects, bytes, root, seconds }: Written) => [
    what,
    objects.toLocaleString('en-GB'),
    (bytes / MB).toFixed(2),
    (root / MB).toFixed(2),
    seconds.toFixed(2),
  ];
  return {
    title: 'The manifest of a large site',
    command: 'npm run bench manifest',
    machine: machine(),
    method: `A site of ${n(CALLS)} pages of calls and ${n(OTHERS)} other files in a folder, of which there is the manifest alone. Then ${CHANGED_CALLS} calls of all parts and ${CHANGED_OTHERS} other files are others; the manifest names ${n(STATE_BLOBS)} blobs of a state and what ${KEPT_BUILDS} kept builds need. The gate’s code looks paths up in a process of its own, ${ROUNDS} times: one page first, the same ${n(2_000)} times, then ${n(PATHS)} pages of all parts. Times are medians; memory is heap and buffers after a forced collection, less the same before the first look-up, the largest of all rounds. All in one object, as versions before parts stored it, the manifest would be about ${(wrote.oneObject / MB).toFixed(0)} MB, written and read whole.`,
    tables: [
      {
        head: ['written', 'objects', 'MB', 'of which the manifest without its parts', 'seconds of processor'],
        rows: [row('all', wrote.cold), row(`${CHANGED_CALLS} calls changed`, wrote.day)],
      },
      {
        head: ['look-up', 'ms', 'of the processor', 'MB held then'],
        rows: [
          ['the first', first.toFixed(2), firstCpu.toFixed(2), (afterFirst / MB).toFixed(1)],
          ['the same again', again.toFixed(4), '', ''],
          [`one of ${n(PATHS)}`, others.toFixed(4), '', (afterMany / MB).toFixed(1)],
        ],
      },
    ],
    goals: [
      { what: 'the gate’s memory for that site', goal: '≤ 60 MB', measured: mb(afterMany), met: afterMany <= 60 * MB },
      { what: 'first look-up', goal: '≤ 20 ms', measured: `${first.toFixed(1)} ms`, met: first <= 20 },
      { what: 'later look-up', goal: '≤ 0.1 ms', measured: `${again.toFixed(4)} ms`, met: again <= 0.1 },
      {
        what: `written where ${CHANGED_CALLS} calls change`,
        goal: '≤ 2.5 MB',
        measured: `${(wrote.day.bytes / MB).toFixed(2)} MB`,
        met: wrote.day.bytes <= 2.5 * MB,
      },
    ],
  };
};

const n = (value: number): string => value.toLocaleString('en-GB');
const mb = (bytes: number): string => `${(bytes / MB).toFixed(1)} MB`;

/** Output of one of the benchmark's own programs. */
const run = (file: string, options: readonly string[], args: readonly string[]): string =>
  execFileSync(process.execPath, [...options, join(ROOT, 'scripts/bench/manifest', file), ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
