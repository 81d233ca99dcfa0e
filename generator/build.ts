import type { BuildContext, BuildResult, LookContext, LookRun, Run } from './build/context.ts';
import { type Hint, openFeed, rest } from './build/feed.ts';
import { refuseGone } from './build/gone.ts';
import { idle, standing } from './build/idle.ts';
import { look } from './build/look.ts';
import { open } from './build/open.ts';
import { fingerprintOf } from './days/state.ts';
import { Moved } from './lib/errors.ts';
import { maskError } from './lib/mask-error.ts';
import { type Printable, printable, say } from './lib/printable.ts';
import { openSpool } from './lib/spool.ts';
import { maskMessages } from './masking/names.ts';
import { openGuard, probePrefix } from './publish/guard.ts';
import { type ConfigRead, readConfig } from './source/read-config.ts';

/** Looks at everything, where calls change while a site is being made of them. */
const ATTEMPTS = 3;

/**
 * The story of one organization's build. Whatever fails before the switch of the pointer leaves the old site as it was.
 * @throws {UserError} for a wrong configuration, {Moved} where calls change all the while, {Gone} where there is nothing of it, {Overtaken} where another run published meanwhile
 */
export const buildSite = (context: BuildContext, org: string): Promise<BuildResult> =>
  prepared(context, org, async (run) => {
    const feed = await openFeed(run);
    const result = (feed?.hint && (await rest(run, feed.hint))) ?? (await lookAndMake(run, feed?.hint));
    await feed?.done();
    return result;
  });

/**
 * The same of a build that has nothing to make, to its end. Where there is something to make, it makes nothing and leaves the change feed as it is.
 * @returns undefined where there is something to make
 * @throws as `buildSite` does
 */
export const lookAtSite = (context: LookContext, org: string): Promise<BuildResult | undefined> =>
  prepared(context, org, async (run) => {
    const feed = await openFeed(run);
    const result = (feed?.hint && (await rest(run, feed.hint))) ?? (await lookOnly(run, feed?.hint));
    if (result) await feed?.done();
    return result;
  });

/** With the organization's configuration; whatever the work says may name a call. */
async function prepared<Context extends LookContext, T>(
  context: Context,
  org: string,
  work: (run: Context & LookRun) => Promise<T>,
): Promise<T> {
  const listedAt = context.now().toISOString();
  const read = await readConfig(context.config, org, context.maskingKey !== undefined);
  const { results, config, reports, feed, log } = context;
  if (!read.config.masking) return work(runOf(context, org, listedAt, read));
  const stores = [results, config, reports, ...(feed ? [feed] : [])];
  // Messages of a store name it without the options of its URL.
  const mask = maskMessages([org, ...stores.flatMap(({ url }) => [url, url.split('?')[0] ?? url])]);
  try {
    const masked = {
      ...context,
      log: { ...log, say: (text: Printable, kind?: 'problem') => log.say(printable(mask(text)), kind) },
    };
    return await work(runOf(masked, org, listedAt, read));
  } catch (error) {
    throw maskError(error, mask);
  }
}

function runOf<Context extends LookContext>(
  context: Context,
  org: string,
  listedAt: string,
  read: ConfigRead,
): Context & LookRun {
  const { log, guard = openGuard(context.reports) } = context;
  const { config } = read;
  return {
    ...context,
    org,
    listedAt,
    tenant: config,
    logo: read.logo,
    fingerprint: fingerprintOf(context.codeVersion, read.hash, config.masking ? context.maskingKey : undefined),
    probe: (generation) => guard(probePrefix(org, generation), log),
  };
}

/** Where calls have changed beside what it knew, it looks at everything once more. */
async function lookAndMake(run: Run, hint: Hint | undefined): Promise<BuildResult> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await lookAndMakeOnce(run, attempt === 1 ? hint : undefined);
    } catch (error) {
      if (!(error instanceof Moved) || attempt === ATTEMPTS) throw error;
      run.log.say(say`calls have changed meanwhile; everything is listed again`);
    }
  }
}

async function lookAndMakeOnce(run: Run, hint: Hint | undefined): Promise<BuildResult> {
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

async function lookOnly(run: LookRun, hint: Hint | undefined): Promise<BuildResult | undefined> {
  const opened = await open(run);
  await using spool = await openSpool();
  const found = await look(run, opened, spool, hint);
  const stays = standing(run, opened, found);
  return stays && (await idle(run, opened, found, stays));
}
