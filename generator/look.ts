import pMap from 'p-map';
import type { LookContext } from './build/context.ts';
import { lookAtSite } from './build.ts';
import { standsStill } from './days/standstill.ts';
import { messageOf, UserError } from './lib/errors.ts';
import { say } from './lib/printable.ts';
import { assetsStand } from './publish/assets.ts';
import { openGuard, probePrefix } from './publish/guard.ts';
import { mergeStatus, type OrganizationStatus, readStatus, statusTime } from './publish/status.ts';
import { feedOf, type RunContext, statusOf } from './run.ts';
import type { Organizations } from './source/feed/change-feed.ts';
import type { Store } from './store/store.ts';
import { untilOver } from './store/until-over.ts';

type LookAllContext = Omit<LookContext, 'log' | 'feed'> &
  Pick<RunContext, 'events' | 'logFor' | 'longestMinutes' | 'expectEvery' | 'byHand'>;

/** Organizations looked at at once. */
const AT_ONCE = 4;

/**
 * Which organizations a build has something to do for. For each of the others this is the whole of its run: what no build needs is removed, and the
 * root's `status.json` says when it was listed, and by when the next run is expected. One that cannot be looked at counts as one to build, so that the
 * build tells why; so does one that failed before, or that stands still since, as a build gives notice of that; and so do all where scripts, styles or
 * fonts are damaged, which only a build has.
 * @returns ids in the order given
 */
export async function lookAtAll(context: LookAllContext, orgs: Organizations): Promise<string[]> {
  const { reports, now, logFor, guard = openGuard(reports) } = context;
  const limited = withLimit(context);
  const stands = await assetsStand(limited.reports, now().toISOString()).catch(() => false);
  if (!stands) return [...orgs.ours];
  const storeTime = await statusTime(reports);
  const feed = await feedOf(context, orgs);
  const { organizations } = (await readStatus(reports)).status;
  const told = new Map<string, OrganizationStatus>();
  const { expectEvery, byHand } = context;
  const next =
    expectEvery === undefined ? {} : { expectedBy: new Date(now().getTime() + expectEvery * 60_000).toISOString() };
  const isDue = async (org: string): Promise<boolean> => {
    const log = logFor(org);
    try {
      const result = await lookAtSite({ ...limited, log, guard, storeTime, feed }, org);
      const status = result && statusOf({ org, result }, now());
      const isNews = status && hasNews(status, Object.hasOwn(organizations, org) ? organizations[org] : undefined);
      if (status && !isNews) told.set(org, { ...status, ...next });
      log.say(
        told.has(org) ? say`nothing has changed` : isNews ? say`there is news of it` : say`there is something to build`,
      );
    } catch (error) {
      log.say(say`it cannot be looked at, so it is built: ${messageOf(error)}`, 'problem');
    }
    return !told.has(org);
  };
  const due = await pMap(orgs.ours, isDue, { concurrency: AT_ONCE }).finally(() => feed?.end());
  const [first = ''] = orgs.ours;
  // Where there is something to build, the run ends with the build.
  const root = byHand || due.includes(true) ? {} : next;
  if (told.size > 0) await mergeStatus(reports, told, () => guard(probePrefix(first, 0), logFor(first)), root);
  return orgs.ours.filter((_, at) => due[at]);
}

/** Whether a person has to hear of it though nothing has changed: it works again, or stands still since its last run. */
function hasNews(status: OrganizationStatus, before: OrganizationStatus | undefined): boolean {
  if (before?.problem !== undefined) return true;
  const at = ({ lastRunAt }: OrganizationStatus) => Date.parse(lastRunAt);
  return standsStill(status, at(status)) && !(before && standsStill(status, at(before)));
}

/** Once its time is over, nothing more is asked. */
function withLimit(context: LookAllContext): LookAllContext {
  const { longestMinutes, results, config, reports } = context;
  if (longestMinutes === undefined) return context;
  const end = performance.now() + longestMinutes * 60_000;
  const over = () =>
    performance.now() < end ? undefined : new UserError([say`the time for looking is over (CCI_RUN_MINUTES)`]);
  const limited = (store: Store) => untilOver(store, over);
  return { ...context, results: limited(results), config: limited(config), reports: limited(reports) };
}
