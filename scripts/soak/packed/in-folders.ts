import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { must } from '../lib/check.ts';
import { filesIn, runOn, type Side, STORES } from './side.ts';
import { NOW } from './story.ts';

/** Build from folders, which all sides read and none writes to. @returns what was published, in a folder of the side's own */
export async function builtInFolder(side: Side, input: string): Promise<Map<string, string>> {
  await run(side, ['build', '--now', NOW], urlsOf(input, join(side.folder, 'reports')));
  return filesIn(side.folder, ['reports']);
}

/**
 * From recordings to a site, in folders of the side's own.
 * @returns what the pipeline wrote, and the site as it is exported. What is kept of a build is left out: of each input it has the version, and in a folder
 * that is a file's number and time
 */
export async function ranInFolders(side: Side, recordings: string): Promise<Map<string, string>> {
  const own = join(side.folder, 'pipeline');
  const stores = urlsOf(own, join(own, 'reports'));
  for (const name of [...STORES, 'reports']) mkdirSync(join(own, name), { recursive: true });
  await run(side, ['pipeline', 'run', '--recordings', recordings, '--org', 'acme', '--now', NOW], stores);
  await run(side, ['export', '--org', 'acme', '--out', join(own, 'site')], stores);
  return filesIn(own, [...STORES, 'site']);
}

const urlsOf = (folder: string, reports: string): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(STORES.map((name) => [`CCI_${name.toUpperCase()}_URL`, `file:${join(folder, name)}`])),
  CCI_REPORTS_URL: `file:${reports}`,
});

/** @throws where it does not end well */
async function run(side: Side, args: string[], stores: NodeJS.ProcessEnv): Promise<void> {
  const { status, said } = await runOn(side, args, stores);
  must(status === 0, `${side.name}: ${args.join(' ')} in folders ended with ${status}\n${said}`);
}
