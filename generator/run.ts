import pMap from 'p-map';
import type { BuildContext, BuildResult } from './build/context.ts';
import { Gone } from './build/gone.ts';
import { buildSite } from './build.ts';
import type { Log, RunMeter } from './lib/console.ts';
import { Damaged, messageOf, problemsOf, UserError } from './lib/errors.ts';
import { oneLine, type Printable, quoted, say } from './lib/printable.ts';
import { counted } from './lib/words.ts';
import { publishAssets } from './publish/assets.ts';
import { openGuard, probePrefix } from './publish/guard.ts';
import { POINTER } from './publish/manifest.ts';
import { readPointer } from './publish/read.ts';
import { mergeStatus, type OrganizationStatus, readStatus, statusTime } from './publish/status.ts';
import { Overtaken } from './publish/switch.ts';
import type { ChangeFeed, Organizations } from './source/feed/change-feed.ts';
import { isOrganization } from './source/layout.ts';
import type { ConditionalWrites } from './store/probe.ts';
import { PreconditionFailed, type Store } from './store/store.ts';
import { untilOver } from './store/until-over.ts';

/** How one organization fared in a run. */
export type Outcome =
  | { org: string; result: BuildResult }
  /**
   * @property withoutSite that no site of it is published, so that none stays
   * @property stopped that somebody has stopped the run before it was published
   * @property gone that nothing is to be told of it later, as it was removed meanwhile
   */
  | { org: string; problems: Printable[]; withoutSite?: true; stopped?: true; gone?: true };

export interface RunContext extends Omit<BuildContext, 'log' | 'feed'> {
  /** Absent: everything is listed each time. */
  events?: ChangeFeed;
  /** One log per organization, so that its lines say whose they are. */
  logFor: (org: string) => Log;
  /** Organizations built at once. */
  organizationsAtOnce?: number;
  /** Takes why the root's `status.json` could not be written at the end, where sites are published all the same; absent: it is thrown. */
  unrecorded?: (problems: Printable[]) => void;
  /** Minutes after which the run asks the stores nothing more and ends; absent: never. */
  longestMinutes?: number;
  /** Whether somebody has asked the run to stop: it then asks the stores nothing more, and ends. */
  isStopped?: () => boolean;
  /** Shows how far it is. */
  meter?: Pick<RunMeter, 'begin' | 'done' | 'end'>;
  /** How often the root's `status.json` is written while others are still being built, in ms. */
  statusEvery?: number;
  /** Minutes after its end by which the next run must have ended; absent: nothing is told of that. */
  expectEvery?: number;
  /** It builds what a person has named, so it is none of the schedule's. */
  byHand?: boolean;
}

/** The run has reached its limit. */
class OutOfTime extends UserError {}
/** Somebody has stopped it. */
class Stopped extends UserError {}

const ORGANIZATIONS_AT_ONCE = 4;
/** Often enough that a run which is cut short by its time limit has told of those it finished. */
const STATUS_EVERY_MS = 60_000;
/** Of one organization in the root's `status.json`. */
const MOST_TROUBLES = 20;
/** Builds that lose a race start again from what the winner published. */
const ATTEMPTS = 3;

/**
 * Build and publish every organization, or those named, several at once. One that fails or takes long does not stop the others.
 * @throws {UserError} where there is none, or a named one is not there
 */
export async function buildAll(context: RunContext, named: readonly string[] | undefined): Promise<Outcome[]> {
  const { reports, organizationsAtOnce = ORGANIZATIONS_AT_ONCE, guard = openGuard(reports) } = context;
  const all = await findOrganizations(context, named);
  const orgs = named ? all.filter((org) => named.includes(org)) : all;
  const noAssets = await putAssets(context).then(() => undefined, problemsOf);
  const storeTime = await statusTime(reports);
  const [first = ''] = orgs;
  const limitOf = openLimit(context);
  const feed = await feedOf(context, { ours: orgs, all });
  const told = openTelling(context, () => guard(probePrefix(first, 0), context.logFor(first)));
  context.meter?.begin(orgs.length);
  const outcomes = await pMap(
    orgs,
    async (org) => {
      const outcome = noAssets
        ? await failed(context, org, noAssets)
        : await buildOne({ ...limitOf(), guard, storeTime, feed }, org).catch((error: unknown) => {
            if (error instanceof Stopped) return { org, problems: error.problems, stopped: true as const };
            if (!(error instanceof OutOfTime)) throw error;
            return failed(context, org, error.problems);
          });
      // Of one that was stopped nothing is new.
      if (!('stopped' in outcome)) told.add(outcome);
      context.meter?.done(org);
      return outcome;
    },
    { concurrency: organizationsAtOnce },
  ).finally(() => {
    context.meter?.end();
    return feed?.end();
  });
  await told.finish().catch((error: unknown) => {
    if (!context.unrecorded) throw error;
    context.unrecorded(problemsOf(error));
  });
  return outcomes;
}

/** With how each organization stood before this run. */
export async function feedOf(
  { events, reports, logFor }: Pick<RunContext, 'events' | 'reports' | 'logFor'>,
  orgs: Organizations,
): Promise<BuildContext['feed']> {
  if (!events) return undefined;
  const { organizations } = (await readStatus(reports)).status;
  const lastOf = (org: string) => (Object.hasOwn(organizations, org) ? organizations[org] : undefined);
  return { url: events.url, ...events.listen(orgs, logFor('events')), lastOf };
}

/**
 * What is built after the limit, or once somebody has stopped the run, ends at its next call of a store; that it did can still be told.
 * A site whose pointer is switched is published: what remains of it is little, and is done.
 * @returns the context of one organization
 */
function openLimit(context: RunContext): () => RunContext {
  const { longestMinutes = Number.POSITIVE_INFINITY, isStopped = () => false } = context;
  const end = performance.now() + longestMinutes * 60_000;
  const problem = say`The run has reached its limit of ${counted(longestMinutes, 'minute')} (CCI_RUN_MINUTES), so it stopped here. Run it again: what is published already costs little. If one run cannot build it, raise the limit, or share the organizations out with plan.`;
  const over = () => {
    if (isStopped()) return new Stopped([say`The run was stopped before this was published.`]);
    return performance.now() < end ? undefined : new OutOfTime([problem]);
  };
  return () => {
    let isPublished = false;
    const limited = (store: Store) => untilOver(store, () => (isPublished ? undefined : over()));
    const reports = limited(context.reports);
    const put: Store['put'] = async (key, body, options) => {
      const writing = reports.put(key, body, options);
      if (!key.endsWith(`/${POINTER}`)) return writing;
      // Asked for in time; it may have landed also where its answer is lost.
      isPublished = true;
      return writing.catch((error: unknown) => {
        isPublished = !(error instanceof PreconditionFailed);
        throw error;
      });
    };
    const { results, config } = context;
    return { ...context, results: limited(results), config: limited(config), reports: { ...reports, put } };
  };
}

/** Writes how organizations fared to the root's `status.json`: at the end, and now and then where that is far off. */
function openTelling(
  { reports, now, statusEvery = STATUS_EVERY_MS, expectEvery, byHand, isStopped }: RunContext,
  keeps: () => Promise<ConditionalWrites>,
) {
  const untold = new Map<string, OrganizationStatus>();
  let writing: Promise<void> = Promise.resolve();
  const next = (): { expectedBy?: string } =>
    expectEvery === undefined ? {} : { expectedBy: new Date(now().getTime() + expectEvery * 60_000).toISOString() };
  const write = async (root: { expectedBy?: string } = {}) => {
    const told = new Map(untold);
    await mergeStatus(reports, told, keeps, root);
    for (const [org, status] of told) if (untold.get(org) === status) untold.delete(org);
  };
  // What could not be written now is still to be told at the end, where failing is an error.
  const timer = setInterval(() => {
    if (untold.size > 0) writing = writing.then(() => write()).catch(() => {});
  }, statusEvery);
  return {
    add: (outcome: Outcome) => {
      if (!('gone' in outcome)) untold.set(outcome.org, { ...statusOf(outcome, now()), ...next() });
    },
    async finish() {
      clearInterval(timer);
      await writing;
      // One that somebody has stopped has not come to its end.
      const root = byHand || isStopped?.() ? {} : next();
      // A run that was stopped before any of them ended has nothing to tell.
      if (untold.size > 0 || root.expectedBy !== undefined) await write(root);
    },
  };
}

/**
 * Organizations with input, and those with a site whose input is gone: their deletion has to be published too.
 * @param named which have to be among them
 */
export async function findOrganizations(
  { results, reports }: Pick<RunContext, 'results' | 'reports'>,
  named?: readonly string[],
): Promise<string[]> {
  const withInput = (await results.folders('')).filter(isOrganization);
  if (withInput.length === 0 && named === undefined) {
    throw new UserError([
      say`${results.url} holds no organization, so nothing was built and every site stays as it was. Check --results (CCI_RESULTS_URL): it must hold one folder per organization. If the last organization was really erased, name it with --org.`,
    ]);
  }
  const withSite = (await reports.folders('')).filter(isOrganization);
  const all = [...new Set([...withInput, ...withSite])].sort();
  const unknown = (named ?? []).filter((org) => !all.includes(org));
  if (unknown.length > 0)
    throw new UserError(
      unknown.map((org) => say`--org: ${quoted(org)} is not in ${results.url}. It holds: ${all.slice(0, 20)}.`),
    );
  return all;
}

async function buildOne(context: RunContext & Pick<BuildContext, 'feed'>, org: string): Promise<Outcome> {
  const log = context.logFor(org);
  let { force, closely } = context;
  for (let overtakings = 0; ; ) {
    const generation = await generationOf(context.reports, org);
    try {
      const result = await buildSite({ ...context, log, force, closely }, org);
      if (!result.published) log.say(say`nothing has changed`);
      return { org, result };
    } catch (error) {
      if (error instanceof OutOfTime || error instanceof Stopped) throw error;
      // A run that published meanwhile also removes what this one was reading.
      const overtaken = error instanceof Overtaken || (await generationOf(context.reports, org)) !== generation;
      const damaged = error instanceof Damaged && !overtaken && !force;
      if (overtaken ? ++overtakings < ATTEMPTS : damaged) {
        log.say(
          say`${messageOf(error)}; ${overtaken ? 'starting again' : closely ? 'building everything again' : 'looking for whatever else is damaged'}`,
          damaged ? 'problem' : undefined,
        );
        // What was in damaged objects is made again; where that is not enough, all is.
        if (damaged) [force, closely] = [closely, true];
        continue;
      }
      const outcome = await failed(context, org, problemsOf(error));
      return error instanceof Gone ? { ...outcome, gone: true } : outcome;
    }
  }
}

async function failed({ reports, logFor }: RunContext, org: string, problems: Printable[]): Promise<Outcome> {
  for (const problem of problems) logFor(org).say(oneLine([say`failed:`, problem]), 'problem');
  return { org, problems, ...(!(await hasSite(reports, org)) && { withoutSite: true }) };
}

/** Whether a site is published. A store that does not answer is taken to hold one. */
const hasSite = (reports: Store, org: string): Promise<boolean> =>
  reports.get(`${org}/pointer.json`).then(
    (pointer) => pointer !== undefined,
    () => true,
  );

/** Of the current build; undefined where there is none, or none that can be read. */
async function generationOf(reports: Store, org: string): Promise<number | undefined> {
  try {
    return (await readPointer(reports, org))?.pointer.generation;
  } catch {
    return undefined;
  }
}

/** The template's, for all organizations. */
async function putAssets({ reports, renderer, now, logFor }: RunContext): Promise<void> {
  const again = await publishAssets(reports, await renderer.assets(), now().toISOString());
  if (again.length > 0) logFor('assets').say(say`missing or damaged, and written again: ${again}`, 'problem');
}

/** How an organization stands after a run. */
export function statusOf(outcome: Outcome, now: Date): OrganizationStatus {
  const lastRunAt = now.toISOString();
  if ('problems' in outcome) return { lastRunAt, problem: oneLine(outcome.problems) };
  const { listedAt, publishedAt, generation, calls, refused, troubles, arrivals, unfinished } = outcome.result;
  const some = troubles.length > 0 && { troubles: troubles.slice(0, MOST_TROUBLES) };
  return {
    lastRunAt,
    listedAt,
    publishedAt,
    generation,
    calls,
    refused,
    ...some,
    ...arrivals,
    ...(unfinished && { unfinished }),
  };
}
