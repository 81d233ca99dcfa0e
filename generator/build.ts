import type { BuildContext, BuildResult, Run } from './build/context.ts';
import { type Hint, openFeed, rest } from './build/feed.ts';
import { refuseGone } from './build/gone.ts';
import { idle, standing } from './build/idle.ts';
import { look } from './build/look.ts';
import { open } from './build/open.ts';
import { fingerprintOf } from './days/state.ts';
import { maskError } from './lib/mask-error.ts';
import { type Printable, printable } from './lib/printable.ts';
import { openSpool } from './lib/spool.ts';
import { maskMessages } from './masking/names.ts';
import { openGuard, probePrefix } from './publish/guard.ts';
import { type ConfigRead, readConfig } from './source/read-config.ts';

/**
 * The story of one organization's build. Whatever fails before the switch of the pointer leaves the old site as it was.
 * @throws {UserError} for a wrong configuration, {Gone} where there is nothing of it, {Overtaken} where another run published meanwhile
 */
export async function buildSite(context: BuildContext, org: string): Promise<BuildResult> {
  const listedAt = context.now().toISOString();
  const read = await readConfig(context.config, org, context.maskingKey !== undefined);
  if (!read.config.masking) return buildRead(context, org, listedAt, read);
  const { results, config, reports, feed, log } = context;
  const stores = [results, config, reports, ...(feed ? [feed] : [])];
  // Messages of a store name it without the options of its URL.
  const mask = maskMessages([org, ...stores.flatMap(({ url }) => [url, url.split('?')[0] ?? url])]);
  try {
    const masked = {
      ...context,
      log: { ...log, say: (text: Printable, kind?: 'problem') => log.say(printable(mask(text)), kind) },
    };
    return await buildRead(masked, org, listedAt, read);
  } catch (error) {
    throw maskError(error, mask);
  }
}

/** From the listing to the published site; whatever it says may name a call. */
async function buildRead(context: BuildContext, org: string, listedAt: string, read: ConfigRead): Promise<BuildResult> {
  const { log, guard = openGuard(context.reports) } = context;
  const { config } = read;
  const run: Run = {
    ...context,
    org,
    listedAt,
    tenant: config,
    logo: read.logo,
    fingerprint: fingerprintOf(context.codeVersion, read.hash, config.masking ? context.maskingKey : undefined),
    probe: (generation) => guard(probePrefix(org, generation), log),
  };
  const feed = await openFeed(run);
  const result = (feed?.hint && (await rest(run, feed.hint))) ?? (await lookAndMake(run, feed?.hint));
  await feed?.done();
  return result;
}

async function lookAndMake(run: Run, hint: Hint | undefined): Promise<BuildResult> {
  const opened = await open(run);
  await using spool = await openSpool();
  const found = await look(run, opened, spool, hint);
  const stays = standing(run, opened, found);
  if (stays) return await idle(run, opened, found, stays);
  await refuseGone(run, opened, found);
  // Loaded where there is something to make: most runs find nothing.
  const { make } = await import('./build/make.ts');
  return await make(run, opened, found);
}
