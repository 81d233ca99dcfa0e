// `npm test`: types, lint, unit and browser tests, one after the other; the last line counts them all.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const scratch = mkdtempSync(join(tmpdir(), 'cci-test-'));
const unitReport = join(scratch, 'unit.json');
const browserReport = join(scratch, 'browser.json');
const bin = (name: string) => join('node_modules', '.bin', name);

const STEPS: { name: string; command: string; args: string[]; env?: NodeJS.ProcessEnv; tally?: () => Tally }[] = [
  {
    name: 'types',
    command: bin('astro'),
    args: ['check', '--minimumFailingSeverity', 'warning', '--minimumSeverity', 'warning'],
  },
  { name: 'lint', command: bin('biome'), args: ['check', '--error-on-warnings', '.'] },
  { name: 'unused code and packages', command: bin('knip'), args: ['--no-progress', '--treat-config-hints-as-errors'] },
  {
    name: 'unit tests',
    command: bin('vitest'),
    args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
    tally() {
      const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
        readFileSync(unitReport, 'utf8'),
      );
      return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
    },
  },
  {
    name: 'browser tests',
    command: bin('playwright'),
    args: ['test', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport },
    tally() {
      const { expected, unexpected, flaky, skipped } = JSON.parse(readFileSync(browserReport, 'utf8')).stats;
      return { passed: expected, failed: unexpected + flaky, skipped };
    },
  },
];

/** Exit status of one step; its output goes where ours goes. */
function run(command: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', ...env },
    });
    child.on('error', () => resolve(1));
    child.on('exit', (status) => resolve(status ?? 1));
  });
}

const total: Tally = { passed: 0, failed: 0, skipped: 0 };
for (const { name, command, args, env, tally } of STEPS) {
  const started = performance.now();
  process.stdout.write(`\n── ${name}\n`);
  const status = await run(command, args, env);
  const counted = countOf(tally, status);
  total.passed += counted.passed;
  total.failed += counted.failed;
  total.skipped += counted.skipped;
  process.stdout.write(
    `── ${name} → ${status === 0 ? 'passed' : 'failed'} in ${Math.round((performance.now() - started) / 1000)} s\n`,
  );
}
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
