import { isDigestDue } from '../digest/look.ts';
import { consoleLog, printError } from '../lib/console.ts';
import { jsonLine, say } from '../lib/printable.ts';
import { lookAtAll } from '../look.ts';
import { readStatus } from '../publish/status.ts';
import { codeVersion } from '../render/version.ts';
import { findOrganizations } from '../run.ts';
import { need, type Settings } from '../settings.ts';
import type { Organizations } from '../source/feed/change-feed.ts';
import { type Answer, clock, open, openFeed } from './command.ts';
import { chooseOrganizations, machinesFor, planShards, readChanged } from './shards.ts';

/**
 * `plan`: the organizations to build in shards, and whether to look for digests, for GitHub's matrix and conditions; nothing else on standard
 * output. Ids that are named but are not there come from an event as often as from a person: they are told on standard error and do not stop the
 * others.
 */
export async function plan(settings: Settings): Promise<Answer> {
  const urls = need(settings, 'results', 'reports');
  const stores = { results: await open(urls.results), reports: await open(urls.reports) };
  // Named or not, a results store without any organization is a wrong address sooner than the end of all of them.
  const all = await findOrganizations(stores);
  const changed = readChanged(settings.changed);
  const named = changed || settings.org ? [...(changed ?? []), ...(settings.org ?? [])] : undefined;
  const { orgs: ours, dropped } = named ? chooseOrganizations(named, all) : { orgs: all, dropped: [] };
  for (const sentence of dropped) printError(say`plan: ${sentence}`);
  const { orgs, digest } =
    settings.due === 'true' ? await whatIsDue(settings, stores, { ours, all }) : { orgs: ours, digest: true };
  const { status } = await readStatus(stores.reports);
  const sizes = new Map(
    Object.entries(status.organizations).flatMap(([org, { calls }]) => (calls === undefined ? [] : [[org, calls]])),
  );
  const most = Number(settings.shards);
  const count = settings.due === 'true' ? Math.min(most, machinesFor(orgs, sizes)) : most;
  const shard = planShards(orgs, sizes, count).map((each) => ({
    name: each.name,
    orgs: each.orgs.join(' '),
  }));
  const json = { shard, digest, unchanged: ours.length - orgs.length, ...(dropped.length > 0 && { dropped }) };
  return { json, text: [jsonLine(json)], failed: false };
}

/** What `build` and `digest` would have something to do for. The organizations are looked at first: a digest needs a listing after its day. */
async function whatIsDue(
  settings: Settings,
  stores: { results: Awaited<ReturnType<typeof open>>; reports: Awaited<ReturnType<typeof open>> },
  orgs: Organizations,
): Promise<{ orgs: string[]; digest: boolean }> {
  const config = await open(need(settings, 'config').config);
  const { maskingKey } = settings;
  const now = clock(settings);
  const due = await lookAtAll(
    {
      ...stores,
      config,
      ...(settings.events !== undefined && { events: await openFeed(settings.events) }),
      codeVersion: codeVersion(),
      now,
      maskingKey,
      keepBuilds: Number(settings.keep),
      ...(settings.runMinutes !== undefined && { longestMinutes: Number(settings.runMinutes) }),
      ...(settings.expectEvery !== undefined && { expectEvery: Number(settings.expectEvery) }),
      byHand: settings.org !== undefined,
      logFor: (org) => consoleLog(say`${org}  `),
    },
    orgs,
  );
  const digest = await isDigestDue({ config, reports: stores.reports, maskingKey, now });
  return { orgs: due, digest };
}
