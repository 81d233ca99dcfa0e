// `npm run mutation [-- PART|SOURCE ...] [--concurrency N] [--force]`: change the sources of the named parts one place at a time, and see
// that a test notices. Sources that the same tests judge are one run with a folder in `.cache/mutation/`. Ended with Ctrl-C it goes on
// where it was; after a change of a source or a test only what nothing noticed and what is new is run again (Stryker's `incremental`;
// `--force`: all of it). The exit status is 1 where the tests of a part notice too little. See docs/mutation.md.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { sha256 } from '../generator/lib/bytes.ts';
import { ROOT } from '../generator/render/version.ts';
import { filesOf, MODULES, type MutatedModule, sourcesOf } from './mutation/modules.ts';
import { type Report, scoreOf, survivorsOf, withoutSurvivors } from './mutation/report.ts';

/** Percent of the mutants of a part that its tests must notice. */
const LEAST = 85;

const { values: flags, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: {
    /** Mutants at once; by default one a processor that the least machine has. */
    concurrency: { type: 'string', default: '2' },
    force: { type: 'boolean', default: false },
  },
});

const parts = [...new Set(MODULES.map(({ name }) => name))];
const unknown = asked.find((name) => !parts.includes(name) && !MODULES.some((each) => sourcesOf(each).includes(name)));
if (unknown !== undefined) {
  const all = parts.join(', ');
  process.stderr.write(
    `No part and no source is ${JSON.stringify(unknown)}. Name some of: ${all}; or none, for all.\n`,
  );
  process.exit(2);
}

for (const part of parts) {
  const reports: Report[] = [];
  for (const module of MODULES.filter(({ name }) => name === part)) {
    const wanted = sourcesOf(module).filter((source) => [part, source].some((name) => asked.includes(name)));
    if (asked.length === 0 || wanted.length > 0)
      reports.push(await reportOf(module, asked.length === 0 ? sourcesOf(module) : wanted));
  }
  if (reports.length === 0) continue;
  for (const line of reports.flatMap(survivorsOf)) process.stdout.write(`   ${line}\n`);
  for (const { files } of reports)
    for (const [file, report] of Object.entries(files)) say(file, [{ files: { [file]: report } }]);
  const score = say(part, reports);
  if (score < LEAST) process.exitCode = 1;
}

function say(name: string, reports: readonly Report[]): number {
  const { score, noticed, mutants } = scoreOf(reports);
  process.stdout.write(`── ${name}: ${noticed} of ${mutants} noticed, ${score.toFixed(1)} %\n`);
  return score;
}

async function reportOf(module: MutatedModule, sources: readonly string[]): Promise<Report> {
  const folder = join(
    '.cache/mutation',
    module.name,
    `${dirname(sources[0] ?? '')}/${module.folder ?? ''}`.replaceAll('/', '-').replace(/-$/, ''),
  );
  const [report, done] = [join(ROOT, folder, 'report.json'), join(ROOT, folder, 'done')];
  const tests = filesOf(module.tests);
  const version = sha256(
    [...sources, ...tests].map((file) => `${file}\n${readFileSync(join(ROOT, file), 'utf8')}`).join('\0'),
  );
  if (flags.force || !existsSync(done) || readFileSync(done, 'utf8') !== version) {
    process.stdout.write(`── ${module.name}: ${sources.join(', ')}\n`);
    mkdirSync(join(ROOT, folder), { recursive: true });
    const known = join(ROOT, folder, 'incremental.json');
    if (existsSync(known))
      writeFileSync(known, JSON.stringify(withoutSurvivors(JSON.parse(readFileSync(known, 'utf8')), sources)));
    await mutate(sources, tests, folder);
    writeFileSync(done, version);
  }
  return JSON.parse(readFileSync(report, 'utf8'));
}

async function mutate(sources: readonly string[], tests: readonly string[], folder: string): Promise<void> {
  process.env.CCI_MUTATION = JSON.stringify(tests);
  const stryker = new Stryker({
    mutate: [...sources],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'scripts/mutation/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    incremental: true,
    incrementalFile: join(folder, 'incremental.json'),
    force: flags.force,
    // It would parse every page and script of the project, and the runner looks at no types.
    disableTypeChecks: false,
    tempDirName: join(folder, 'copy'),
    ignorePatterns: ['.demo', '.cache', '.screenshots', 'docs', 'test-results', 'site/e2e'],
    reporters: ['progress-append-only', 'html', 'json'],
    htmlReporter: { fileName: join(folder, 'report.html') },
    jsonReporter: { fileName: join(folder, 'report.json') },
    concurrency: Number(flags.concurrency),
    // Limits that end what hangs, on a busy machine too.
    timeoutMS: 15_000,
    timeoutFactor: 8,
    allowConsoleColors: false,
    cleanTempDir: 'always',
  });
  await stryker.runMutationTest();
}
