import { printError } from '../lib/console.ts';
import { jsonLine, say } from '../lib/printable.ts';
import { readStatus } from '../publish/status.ts';
import { findOrganizations } from '../run.ts';
import { need, type Settings } from '../settings.ts';
import { type Answer, open } from './command.ts';
import { chooseOrganizations, planShards, readChanged } from './shards.ts';

/**
 * `plan`: the organizations to build as a GitHub matrix, and nothing else on standard output. Ids that are named but are
 * not there come from an event as often as from a person: they are told on standard error and do not stop the others.
 */
export async function plan(settings: Settings): Promise<Answer> {
  const urls = need(settings, 'results', 'reports');
  const stores = { results: await open(urls.results), reports: await open(urls.reports) };
  // Named or not, a results store without any organization is a wrong address sooner than the end of all of them.
  const found = await findOrganizations(stores);
  const changed = readChanged(settings.changed);
  const named = changed || settings.org ? [...(changed ?? []), ...(settings.org ?? [])] : undefined;
  const { orgs, dropped } = named ? chooseOrganizations(named, found) : { orgs: found, dropped: [] };
  for (const sentence of dropped) printError(say`plan: ${sentence}`);
  const { status } = await readStatus(stores.reports);
  const sizes = new Map(
    Object.entries(status.organizations).flatMap(([org, { calls }]) => (calls === undefined ? [] : [[org, calls]])),
  );
  const shard = planShards(orgs, sizes, Number(settings.shards)).map((each) => ({
    name: each.name,
    orgs: each.orgs.join(' '),
  }));
  return { json: { shard }, text: [jsonLine({ shard })], failed: false };
}
