import { WORTH_THREADS } from '../lib/pool.ts';
import { say } from '../lib/printable.ts';
import { counted } from '../lib/words.ts';
import { lossOf, refuseLoss } from '../loss.ts';
import { withoutDamaged } from '../previous-build.ts';
import { openBlobs } from '../publish/blobs.ts';
import { openDraft } from '../publish/draft.ts';
import { numberOf } from '../publish/manifest.ts';
import { type CallSource, readCalls } from '../read/read-calls.ts';
import { preparePageMaker } from '../render/page-maker.ts';
import type { BuildResult, Run } from './context.ts';
import type { Found } from './look.ts';
import type { Opened } from './open.ts';
import { makeSite } from './site.ts';
import { switchTo } from './switch.ts';

/**
 * Read what has changed, and build and publish the new site.
 * @throws {UserError} where more than half of the calls would go, {Overtaken} where another run published meanwhile, {Damaged} where
 * what should be used again cannot be read
 */
export async function make(run: Run, opened: Opened, found: Found): Promise<BuildResult> {
  const { reports, org, log } = run;
  const { start, before, state } = opened;
  const { spool, damaged } = found;
  if (damaged.size > 0)
    log.say(say`${counted(damaged.size, 'object')} missing or damaged; building what was in them again`, 'problem');
  const whole = before && withoutDamaged(reports, before, damaged);
  const changes =
    whole && damaged.size > 0
      ? await found.compare(state, (id, isSame, known) => !isSame || whole.isAgain(id, known))
      : found.changes;
  const source = sourceOf(run, found);
  const calls = await readCalls(source, changes);
  if (changes.toRead >= WORTH_THREADS) preparePageMaker(run.renderer, run.pool);
  const loss = await lossOf(opened.last, { base: before?.state, calls }, run.erasing?.paths);
  if (!run.acceptLoss) refuseLoss(loss, org, { results: run.results.url, config: run.config.url });

  const blobs = openBlobs(reports, org, start.generation, async () => (await run.probe(start.generation)).createOnly);
  const files = openDraft(whole?.manifest.files, whole?.lost ?? new Set(), blobs, spool);
  // What it has taken to make is let go before it is published: counts of all days take more than all else.
  const site = await makeSite(run, found, {
    base: whole?.state ?? state,
    seen: before?.state.seen,
    calls,
    source,
    blobs,
    files,
  });
  const csp = whole?.manifest.csp ?? run.renderer.csp();
  const { state: next, shown } = site;
  const published = await switchTo(run, opened, found, { state: next, calls, files, csp, shown: shown.calls, blobs });
  return {
    listedAt: found.listedAt,
    published: true,
    generation: numberOf(published),
    publishedAt: published.publishedAt,
    ...shown,
    read: changes.toRead + site.again,
    deleted: loss.gone,
    rendered: site.rendered,
    repaired: damaged.size,
  };
}

function sourceOf({ results, org, log, tenant, maskingKey, pool }: Run, { sheets, spool }: Found): CallSource {
  const masking = tenant.masking && maskingKey ? { key: maskingKey, org } : undefined;
  const terms = { config: tenant, ...(masking && { masking }) };
  return { results, org, spool, log, pool, rowOf: sheets.rowOf, terms };
}
