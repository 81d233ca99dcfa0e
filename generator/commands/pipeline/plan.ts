import { problemsOf, UserError } from '../../lib/errors.ts';
import { type Printable, say } from '../../lib/printable.ts';
import { counted } from '../../lib/words.ts';
import { type Plan, planOf } from '../../pipeline/again/plan.ts';
import type { Config } from '../../pipeline/config.ts';
import type { Settings } from '../../settings.ts';
import type { Store } from '../../store/store.ts';
import { type Answer, clock, logOf } from '../command.ts';
import { withStores } from './local-stores.ts';
import { namesOnAws } from './names.ts';
import { onAws } from './on-aws.ts';
import { openWorld, type PipelineStores, type WorldOptions } from './open-world.ts';
import { pipelineOrganizations } from './organizations.ts';
import { type Cost, costText, priced } from './prices.ts';
import { readPipelineConfig } from './read-config.ts';
import { openStores } from './run-all.ts';

type Planned = { org: string; plan: Plan; cost: Cost; budget?: number } | { org: string; problems: Printable[] };

/**
 * `pipeline plan`: what the next run of each organization's pipeline would take, and about what it costs. It asks the provider for its list,
 * and no engine. In AWS it also says which names of the pipeline's stack are taken.
 * @param find says what is in AWS
 */
export async function plan(given: Settings, find = onAws): Promise<Answer> {
  const { settings } = withStores(given);
  const stores = await openStores(settings);
  const all: Planned[] = [];
  const configs: Config[] = [];
  const { orgs, problem } = await organizationsOf(stores.config, settings);
  for (const org of orgs) {
    const log = logOf(settings, say`${org}  `);
    const options = { now: clock(settings), log, env: process.env, recordings: settings.recordingsFolder };
    all.push(
      await planOne(stores, org, options, configs).catch(
        (error: unknown): Planned => ({ org, problems: problemsOf(error) }),
      ),
    );
  }
  const { input, results, config } = settings;
  const there = find([input, results, config], configs, process.env);
  const aws = there && (await namesOnAws(settings, there));
  // Before anything is there, names are all that can be looked at.
  if (problem && !aws?.isSeen) throw problem;
  const problems = problem?.problems ?? [];
  return {
    json: { organizations: all, ...(problem && { problems }), ...(aws && { aws: aws.json }) },
    text: [...problems, ...all.flatMap(lines), ...(all.length > 0 ? [ASSUMED] : []), ...(aws?.text ?? [])],
    failed: problem !== undefined || all.some((each) => 'problems' in each),
  };
}

/** @param configs get what its file says also where its provider or an engine cannot be opened */
async function planOne(
  stores: PipelineStores,
  org: string,
  options: WorldOptions,
  configs: Config[],
): Promise<Planned> {
  const { config } = await readPipelineConfig(stores.config, org);
  configs.push(config);
  const world = await openWorld(stores, org, options, config);
  const next = await planOf(world, new AbortController().signal);
  const budget = config.budgets.maxMinutesPerDay;
  return { org, plan: next, cost: priced(config, next), ...(budget !== undefined && { budget }) };
}

/** Whose pipelines there are, or why nobody can tell. */
async function organizationsOf(config: Store, settings: Settings): Promise<{ orgs: string[]; problem?: UserError }> {
  try {
    return { orgs: await pipelineOrganizations(config, settings) };
  } catch (error) {
    if (error instanceof UserError) return { orgs: [], problem: error };
    throw error;
  }
}

const ASSUMED = say`Prices, and lengths that nobody says, are assumptions: “What a call costs” in docs/pipeline.md names them, and "prices" in pipeline-config.json sets yours.`;

function lines(planned: Planned): Printable[] {
  const { org } = planned;
  if ('problems' in planned) return planned.problems.map((problem) => say`${org}: ${problem}`);
  const { plan: next, cost, budget } = planned;
  const { recordings, withoutLength, open, minutes } = next;
  const part = (all: number, what: string): Printable[] =>
    all > 0 ? [say`${costText({ ...cost, all })} for ${what}`] : [];
  const parts = [
    ...part(cost.minutes, 'speech to text'),
    ...part(cost.units, 'sentiment'),
    ...part(cost.tokens, 'rules and insights'),
  ];
  const guessed = withoutLength > 0 ? say` (the length of ${withoutLength} is not known)` : say``;
  const length = minutes > 0 ? say`about ${minutes.toFixed(1)} minutes to be paid for${guessed}, ` : say``;
  return [
    say`${org}: the next run takes ${counted(recordings, 'new recording')} and goes on with ${counted(open, 'call')}: ${length}about ${costText(cost)}${parts.length > 0 ? say`: ${parts.join(', ')}` : ''}.`,
    ...(budget !== undefined && minutes > budget
      ? [say`${org}: its budget is ${budget} minutes a day, so the rest waits for the days after.`]
      : []),
  ];
}
