import { type RunMeter, runMeter } from '../../lib/console.ts';
import { problemsOf } from '../../lib/errors.ts';
import { say } from '../../lib/printable.ts';
import { runOrganization } from '../../pipeline/run.ts';
import { need, type Settings } from '../../settings.ts';
import { clock, logOf, open } from '../command.ts';
import { openWorld, type PipelineStores } from './open-world.ts';
import type { PipelineOutcome } from './tell.ts';

/** Stores of the pipeline, as the settings name them. @throws {UserError} where one is missing */
export async function openStores(settings: Settings): Promise<PipelineStores> {
  const urls = need(settings, 'input', 'results', 'config');
  const [input, results, config] = await Promise.all([open(urls.input), open(urls.results), open(urls.config)]);
  return { input, results, config };
}

/**
 * The pipeline of some organizations, one after the other: one that fails does not stop the others.
 * @param signal of whoever stops the run: what is under way then ends at its next step
 */
export async function runPipelines(
  settings: Settings,
  orgs: readonly string[],
  stores: PipelineStores,
  signal: AbortSignal,
): Promise<PipelineOutcome[]> {
  const meter: RunMeter | undefined = settings.quiet === 'true' ? undefined : runMeter();
  meter?.begin(orgs.length);
  const outcomes: PipelineOutcome[] = [];
  try {
    for (const org of orgs) {
      if (signal.aborted) break;
      const log = meter?.logFor(org) ?? logOf(settings, say`${org}  `);
      const options = { now: clock(settings), log, env: process.env, recordings: settings.recordingsFolder };
      outcomes.push(
        await openWorld(stores, org, options)
          .then((world) => runOrganization(world, signal))
          .then(
            (result): PipelineOutcome => ({ org, result }),
            (error: unknown): PipelineOutcome => {
              if (signal.aborted) return { org, problems: [say`it was stopped; the next run goes on with it.`] };
              return { org, problems: problemsOf(error) };
            },
          ),
      );
      meter?.done(org);
    }
  } finally {
    meter?.end();
  }
  return outcomes;
}
