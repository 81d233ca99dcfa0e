// `npm run mutants [-- WORD]`: plant bugs in a copy of the gate, one at a time, and see that the test named for each fails.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mutant } from './mutants/bugs/mutant.ts';
import { type Copy, copySources, run } from './mutants/copy.ts';
import { MUTANTS } from './mutants/mutants.ts';

type Verdict = 'caught' | 'survived' | 'not planted';

interface Report {
  testResults: { assertionResults: { title: string; status: string }[] }[];
}

const scratch = mkdtempSync(join(tmpdir(), 'cci-mutants-'));
const word = process.argv[2] ?? '';
const mutants = MUTANTS.filter(({ bug, test }) => `${bug} ${test.file}`.includes(word));

/** Titles of the tests that ran there and how each ended. */
async function statusesOf(copy: Copy, files: string[], name?: string): Promise<Map<string, string>> {
  const report = join(scratch, 'report.json');
  rmSync(report, { force: true });
  const only = name === undefined ? [] : ['-t', name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')];
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    ...files,
    ...only,
    '--reporter=json',
    `--outputFile=${report}`,
  ];
  const { output } = await run(copy.root, args);
  const read = () => JSON.parse(readFileSync(report, 'utf8')) as Report;
  try {
    const all = read().testResults.flatMap(({ assertionResults }) => assertionResults);
    // A title may stand in several suites: it failed where one of them did.
    const failed = all.filter(({ status }) => status === 'failed');
    return new Map([...all, ...failed].map(({ title, status }) => [title, status]));
  } catch {
    throw new Error(`vitest left no report:\n${output.slice(-2000)}`);
  }
}

async function verdictOf(copy: Copy, { edits, test }: Mutant): Promise<{ verdict: Verdict; why?: string }> {
  try {
    await copy.plant(edits);
    await copy.build();
    const status = (await statusesOf(copy, [test.file], test.name)).get(test.name);
    return {
      verdict: status === 'failed' ? 'caught' : 'survived',
      ...(status !== 'failed' && { why: `test ${status}` }),
    };
  } catch (error) {
    return { verdict: 'not planted', why: String(error) };
  } finally {
    await copy.restore();
  }
}

/** A test that fails on sound sources proves nothing. */
async function checkSound(copy: Copy): Promise<void> {
  await copy.build();
  const statuses = await statusesOf(copy, [...new Set(mutants.map(({ test }) => test.file))]);
  const unsound = mutants.filter(({ test }) => statuses.get(test.name) !== 'passed').map(({ test }) => test.name);
  if (unsound.length > 0) throw new Error(`Not passed without any bug: ${[...new Set(unsound)].join('; ')}`);
}

try {
  await using copy = await copySources();
  process.stdout.write(`${mutants.length} bugs, each in a copy of the sources. The tests without a bug first.\n`);
  await checkSound(copy);
  process.stdout.write('| bug | test that must fail | |\n| --- | --- | --- |\n');
  let caught = 0;
  for (const mutant of mutants) {
    const { verdict, why } = await verdictOf(copy, mutant);
    if (verdict === 'caught') caught++;
    const test = `${mutant.test.file.replace(/^site\/gate\/|\.test\.ts$/g, '')}: ${mutant.test.name}`;
    process.stdout.write(`| ${mutant.bug} | ${test} | ${verdict}${why === undefined ? '' : `: ${why}`} |\n`);
  }
  process.stdout.write(`\n${caught} of ${mutants.length} caught\n`);
  process.exitCode = caught === mutants.length && caught > 0 ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
