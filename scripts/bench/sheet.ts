import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Bench, machine, median } from './report.ts';
import { writeSheet } from './sheet/write.ts';

const SIZES = [1_000, 10_000, 100_000];
const ROUNDS = 3;
const ORG = 'org_bench';
const READ = fileURLToPath(new URL('./sheet/read.ts', import.meta.url));
/** For a hundred times as many rows: their ids, hashes and places. */
const ROOM_MB = 200;

/** Reading sheets of the wide form alone: no call is made of a row, no page of a call. */
export const bench: Bench = async () => {
  const found: { rows: number; fileMb: number; seconds: number; peakMb: number }[] = [];
  for (const rows of SIZES) {
    const folder = mkdtempSync(join(tmpdir(), 'cci-bench-'));
    const path = join(folder, ORG, 'final/v2.0-flat/calls/calls.csv');
    await writeSheet(path, rows);
    const runs = Array.from({ length: ROUNDS }, () => read(folder, rows));
    found.push({
      rows,
      fileMb: statSync(path).size / 2 ** 20,
      seconds: median(runs.map(({ seconds }) => seconds)),
      peakMb: median(runs.map(({ peakMb }) => peakMb)),
    });
    rmSync(folder, { recursive: true, force: true });
  }
  const [small, large] = [found[0], found.at(-1)];
  const grown = small && large ? large.peakMb - small.peakMb : Number.NaN;
  return {
    title: 'Reading sheets',
    command: 'npm run bench sheet',
    machine: machine(),
    method: `Read a sheet in ranges, parse it, hash each row and put it into the spool: whole process, median of ${ROUNDS}. Of each row only its id, hash and place are held.`,
    tables: [
      {
        head: ['rows', 'MB', 'seconds', 'peak MB'],
        rows: found.map(({ rows, fileMb, seconds, peakMb }) => [
          rows.toLocaleString('en-GB'),
          fileMb.toFixed(0),
          seconds.toFixed(2),
          peakMb.toFixed(0),
        ]),
      },
    ],
    goals: [
      {
        what: 'peak memory of the largest sheet above that of the smallest',
        goal: `≤ ${ROOM_MB} MB`,
        measured: `${grown.toFixed(0)} MB`,
        met: grown <= ROOM_MB,
      },
    ],
  };
};

function read(folder: string, rows: number): { seconds: number; peakMb: number } {
  const started = performance.now();
  const args = [READ, pathToFileURL(folder).href, ORG, String(rows)];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`reading ended with ${status}: ${stderr}`);
  const peakMb = Number(/maxRSS (\d+)/.exec(stderr)?.[1]) / 1024;
  return { seconds: (performance.now() - started) / 1000, peakMb };
}
