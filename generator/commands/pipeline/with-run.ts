import { say } from '../../lib/printable.ts';
import type { Settings } from '../../settings.ts';
import type { Answer } from '../command.ts';
import { open } from '../command.ts';
import { configuredOrganizations } from './organizations.ts';

/**
 * What `run` does before it builds: the pipeline of each organization that has one, where an input store is set. One that fails keeps no site from being built.
 * @returns undefined where there is none to run
 */
export async function pipelinesOfRun(
  settings: Settings,
  signal: AbortSignal,
): Promise<Pick<Answer, 'json' | 'text' | 'failed'> | undefined> {
  if (settings.input === undefined || settings.config === undefined) return undefined;
  const all = await configuredOrganizations(await open(settings.config));
  const orgs = settings.org ? all.filter((org) => settings.org?.includes(org)) : all;
  if (orgs.length === 0) return undefined;
  if (settings.dryRun === 'true')
    return { json: {}, text: [say`With --dry-run the pipeline of ${orgs} was not run.`], failed: false };
  // Loaded where there is something to run.
  const { openStores, runPipelines } = await import('./run-all.ts');
  const { hasFailed, outcomeJson, outcomeLines } = await import('./tell.ts');
  const outcomes = await runPipelines(settings, orgs, await openStores(settings), signal);
  return {
    json: { pipeline: outcomes.map(outcomeJson) },
    text: outcomes.flatMap(outcomeLines),
    failed: outcomes.some(hasFailed),
  };
}
