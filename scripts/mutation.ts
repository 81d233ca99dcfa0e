// `npm run mutation [-- NAME ...]`: change the sources of the named parts one place at a time, and see that a test notices.
// Each source is a run of its own with a folder in `.cache/mutation/`; one that is there is not run again until a source or a test
// of its part changes. So it goes on where it was ended. The exit status is 1 where tests of a part notice too little.
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { sha256 } from '../generator/lib/bytes.ts';
import { ROOT } from '../generator/render/version.ts';
import { MODULES, type MutatedModule } from './mutation/modules.ts';
import { type Report, scoreOf, survivorsOf } from './mutation/report.ts';

/** Percent of the mutants of a part that its tests must notice. */
const LEAST = 85;

const names = process.argv.slice(2);
const unknown = names.filter((name) => !MODULES.some((each) => each.name === name));
if (unknown.length > 0) {
  const all = MODULES.map(({ name }) => name).join(', ');
  process.stderr.write(`There is no part ${JSON.stringify(unknown[0])}. Name some of: ${all}; or none, for all.\n`);
  process.exit(2);
}

for (const module of MODULES.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const tests = filesOf(module.tests);
  const sources = filesOf(module.sources).filter((file) => !tests.includes(file) && !file.endsWith('.test.ts'));
  const version = sha256([...sources, ...tests].map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\0'));
  const reports: Report[] = [];
  for (const source of sources) {
    const folder = join('.cache/mutation', module.name, source.replaceAll('/', '-'), version.slice(0, 12));
    const report = join(ROOT, folder, 'report.json');
    if (!existsSync(report)) await mutate(module, source, folder);
    reports.push(JSON.parse(readFileSync(report, 'utf8')));
  }
  for (const line of reports.flatMap(survivorsOf)) process.stdout.write(`   ${line}\n`);
  const { score, noticed, mutants } = scoreOf(reports);
  process.stdout.write(`── ${module.name}: ${noticed} of ${mutants} noticed, ${score.toFixed(1)} %\n`);
  if (score < LEAST) process.exitCode = 1;
}

function filesOf(globs: readonly string[]): string[] {
  return [...globSync(globs, { cwd: ROOT })].sort();
}

async function mutate(module: MutatedModule, source: string, folder: string): Promise<void> {
  process.stdout.write(`── ${module.name}: ${source}\n`);
  // Of earlier versions of the part.
  rmSync(join(ROOT, folder, '..'), { recursive: true, force: true });
  mkdirSync(join(ROOT, folder), { recursive: true });
  process.env.CCI_MUTATION = JSON.stringify({ tests: module.tests, bundles: module.bundles });
  const stryker = new Stryker({
    mutate: [source],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'scripts/mutation/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    // It would parse every page and script of the project, and the runner looks at no types.
    disableTypeChecks: false,
    tempDirName: join(folder, 'copy'),
    ignorePatterns: ['.demo', '.cache', '.screenshots', 'docs', 'test-results', 'site/e2e'],
    reporters: ['progress-append-only', 'html', 'json'],
    htmlReporter: { fileName: join(folder, 'report.html') },
    jsonReporter: { fileName: join(folder, 'report.json') },
    // Both processors; limits that end what hangs, on a busy machine too.
    concurrency: 2,
    timeoutMS: 60_000,
    timeoutFactor: 4,
    allowConsoleColors: false,
    cleanTempDir: 'always',
  });
  await stryker.runMutationTest();
}
