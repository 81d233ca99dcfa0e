// `npm run bench build`: time and peak memory of a build, cold, unchanged and with 10 calls changed, whole process each.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../generator/render/version.ts';
import { fileStore } from '../../generator/store/file.ts';
import { tenants } from '../demo/data/tenants.ts';
import { writeDemoData } from '../demo/data/write.ts';
import { type Bench, machine, median } from './report.ts';

/** Days and calls a working day that make about 1,200 and 10,000 calls of the first tenant. */
const SIZES = [
  { days: 50, callsPerDay: [29, 29] },
  { days: 60, callsPerDay: [205, 205] },
] as const;
const ROUNDS = Number(process.env.CCI_ROUNDS ?? 3);
const CHANGED = 10;
const org = tenants[0]?.org ?? '';

/** Prints the child's peak memory in KB when it ends. */
const REPORT_MEMORY = `data:text/javascript,process.on('exit',()=>process.stderr.write('\\nmaxRSS '+process.resourceUsage().maxRSS))`;

interface Measured {
  seconds: number;
  megabytes: number;
  calls: number;
}

function build(folder: string): Measured {
  const env = Object.fromEntries(
    ['results', 'config', 'reports'].map((name) => [`CCI_${name.toUpperCase()}_URL`, url(folder, name)]),
  );
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', REPORT_MEMORY, join(ROOT, 'generator/cli.ts'), 'build', '--org', org, '--json'],
    { encoding: 'utf8', env: { ...process.env, ...env }, maxBuffer: 1 << 28 },
  );
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(stderr);
  const { organizations } = JSON.parse(stdout) as { organizations: { result: { calls: number } }[] };
  const kilobytes = Number(/maxRSS (\d+)/.exec(stderr)?.[1]);
  return { seconds, megabytes: kilobytes / 1024, calls: organizations[0]?.result.calls ?? 0 };
}

const url = (folder: string, name: string): string => pathToFileURL(join(folder, name)).href;

/** Analyse some calls again: other bytes under the same key. */
function changeCalls(folder: string, round: number): void {
  const calls = join(folder, 'results', org, 'final/v2.0-flat/calls');
  const names = readdirSync(calls).filter((name) => name.endsWith('.jsonl'));
  const step = Math.floor(names.length / CHANGED);
  for (let i = 0; i < CHANGED; i++) {
    const path = join(calls, names[i * step + round] as string);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"summary": \["/, `"summary": ["Heard again ${round}. `));
  }
}

/** Whole processes, over folders. */
export const bench: Bench = async () => {
  const rows: string[][] = [];
  for (const { days, callsPerDay } of SIZES) {
    const folder = mkdtempSync(join(tmpdir(), 'cci-bench-'));
    const store = (name: string) => fileStore(url(folder, name));
    await writeDemoData(
      { results: store('results'), config: store('config'), input: store('input') },
      { now: new Date('2026-11-22T12:00:00Z'), days, callsPerDay: [...callsPerDay] },
    );
    const builds: { [name: string]: Measured[] } = { cold: [], unchanged: [], [`${CHANGED} calls changed`]: [] };
    for (let round = 0; round < ROUNDS; round++) {
      rmSync(join(folder, 'reports'), { recursive: true, force: true });
      builds.cold?.push(build(folder));
      builds.unchanged?.push(build(folder));
      changeCalls(folder, round);
      builds[`${CHANGED} calls changed`]?.push(build(folder));
    }
    for (const [name, runs] of Object.entries(builds)) {
      const seconds = median(runs.map((run) => run.seconds)).toFixed(2);
      const megabytes = Math.round(median(runs.map((run) => run.megabytes)));
      rows.push([runs[0]?.calls.toLocaleString('en-GB') ?? '', name, seconds, String(megabytes)]);
    }
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    title: 'Builds',
    command: 'npm run bench build',
    machine: machine(),
    notes: [`\`file:\` stores, whole process, median of ${ROUNDS} rounds.`],
    tables: [{ head: ['calls', 'build', 'seconds', 'peak MB'], rows }],
    goals: [],
  };
};
