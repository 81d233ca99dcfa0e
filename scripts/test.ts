// `npm test`: types, lint, unit and browser tests, in two rows side by side; what each says is shown whole, in order, and the last line
// counts them all. `npm test -- PART…` runs some of them, and `--shard 1/2` one half of the unit tests, for machines that share the work.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import freshBundles from './fresh-bundles.ts';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const asked = readArguments(process.argv.slice(2));
const scratch = mkdtempSync(join(tmpdir(), 'cci-test-'));
const unitReport = join(scratch, 'unit.json');
const browserReport = join(scratch, 'browser.json');
const bin = (name: string) => join('node_modules', '.bin', name);

interface Step {
  /** What it is asked for by. */
  part: 'lint' | 'unused' | 'types' | 'unit' | 'browser';
  name: string;
  /** Steps of one row run one after the other; the rows run at once, so that none waits for what keeps one processor busy. */
  row: 1 | 2;
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  tally?: () => Tally;
}

/** In the order in which they are shown. */
const ALL: Step[] = [
  { part: 'lint', name: 'lint', row: 1, command: bin('biome'), args: ['check', '--error-on-warnings', '.'] },
  {
    part: 'unused',
    name: 'unused code and packages',
    row: 1,
    command: bin('knip'),
    args: ['--no-progress', '--treat-config-hints-as-errors'],
  },
  {
    part: 'types',
    name: 'types',
    row: 2,
    command: bin('astro'),
    args: ['check', '--minimumFailingSeverity', 'warning', '--minimumSeverity', 'warning'],
  },
  {
    part: 'unit',
    name: 'unit tests',
    row: 1,
    command: bin('vitest'),
    args: [
      'run',
      ...(asked.shard === undefined ? [] : [`--shard=${asked.shard}`]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${unitReport}`,
    ],
    tally() {
      const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
        readFileSync(unitReport, 'utf8'),
      );
      return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
    },
  },
  {
    part: 'browser',
    name: 'browser tests',
    row: 2,
    command: bin('playwright'),
    args: ['test', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport },
    tally() {
      const { expected, unexpected, flaky, skipped } = JSON.parse(readFileSync(browserReport, 'utf8')).stats;
      return { passed: expected + flaky, failed: unexpected, skipped };
    },
  },
];

const STEPS = ALL.filter(({ part }) => asked.parts.length === 0 || asked.parts.includes(part));

/** What each step has said and what came of it; shown up to the first that has not ended. */
const said = STEPS.map(() => ({ text: '', ended: false }));
let shown = 0;

function say(step: number, text: string): void {
  const own = said[step];
  if (own) own.text += text;
  for (let next = said[shown]; next; next = said[++shown]) {
    process.stdout.write(next.text);
    next.text = '';
    if (!next.ended) return;
  }
}

/** How long what a step has said may take to come, once it has ended. */
const LAST_WORDS_MS = 10_000;

/** Exit status of one step. */
function run({ command, args, env }: Step, hear: (text: string) => void): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ASTRO_TELEMETRY_DISABLED: '1',
        ...(process.stdout.isTTY && { FORCE_COLOR: '1' }),
        ...env,
      },
    });
    const streams = [child.stdout, child.stderr];
    for (const stream of streams) stream.setEncoding('utf8').on('data', hear);
    const end = (status: number | null) => {
      for (const stream of streams) stream.destroy();
      resolve(status ?? 1);
    };
    child.on('error', ({ message }) => {
      hear(`${message}\n`);
      end(1);
    });
    child.on('close', end);
    // What it started and left behind may hold the streams open.
    child.on('exit', (status) => setTimeout(end, LAST_WORDS_MS, status).unref());
  });
}

const total: Tally = { passed: 0, failed: 0, skipped: 0 };

async function runRow(row: Step['row']): Promise<void> {
  for (const [i, step] of STEPS.entries()) {
    if (step.row !== row) continue;
    const started = performance.now();
    say(i, `\n── ${step.name}\n`);
    const status = await run(step, (text) => say(i, text));
    const counted = countOf(step.tally, status);
    total.passed += counted.passed;
    total.failed += counted.failed;
    total.skipped += counted.skipped;
    const seconds = Math.round((performance.now() - started) / 1000);
    (said[i] as (typeof said)[0]).ended = true;
    say(i, `── ${step.name} → ${status === 0 ? 'passed' : 'failed'} in ${seconds} s\n`);
  }
}

// Both rows take them: neither makes them.
if (STEPS.some(({ part }) => part === 'unit' || part === 'browser')) freshBundles();
await Promise.all([runRow(1), runRow(2)]);
rmSync(scratch, { recursive: true, force: true });
process.stdout.write(
  `\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}\n`,
);
process.exitCode = total.failed > 0 ? 1 : 0;

/** A step without a tally of its own counts as one test; one that failed is never counted as none. */
function countOf(tally: (() => Tally) | undefined, status: number): Tally {
  try {
    const counted = tally?.() ?? { passed: status === 0 ? 1 : 0, failed: 0, skipped: 0 };
    return status !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** The parts that are asked for, by default all. Ends the process where there is no such part. */
function readArguments(args: string[]): { parts: string[]; shard?: string } {
  const known = ['lint', 'unused', 'types', 'unit', 'browser'];
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { shard: { type: 'string' } } });
  const unknown = positionals.find((part) => !known.includes(part));
  const { shard } = values;
  if (unknown === undefined && (shard === undefined || /^[1-9]\d*\/[1-9]\d*$/.test(shard)))
    return { parts: positionals, ...(shard !== undefined && { shard }) };
  process.stderr.write(
    unknown === undefined
      ? `--shard: ${JSON.stringify(shard)} is no share of the unit tests. Write it as 1/2.\n`
      : `There is no part ${JSON.stringify(unknown)} of the tests. Name some of: ${known.join(', ')}; or none, for all.\n`,
  );
  process.exit(2);
}
