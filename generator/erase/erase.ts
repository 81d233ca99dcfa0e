import type { Call } from '#shared/model.ts';
import { Damaged } from '../lib/errors.ts';
import { maskError } from '../lib/mask-error.ts';
import { type Printable, say } from '../lib/printable.ts';
import { openSpool } from '../lib/spool.ts';
import { counted } from '../lib/words.ts';
import { maskMessages } from '../masking/names.ts';
import { buildAll, type RunContext } from '../run.ts';
import { readConfig } from '../source/read-config.ts';
import type { Store } from '../store/store.ts';
import type { TenantConfig } from '../tenants/config.ts';
import type { NamedCall } from './call-name.ts';
import { readCurrent } from './current.ts';
import { type KnownCalls, readKnown, textAt } from './known.ts';
import { cleanMail } from './mail.ts';
import { holdsWord, type Needle, needlesOf } from './needles.ts';
import { resolveCall } from './resolve.ts';
import { type Said, saidIn } from './said.ts';
import { type Searched, search } from './search.ts';
import { buildObjects, hasLeftovers, sweep } from './sweep.ts';
import { isUpstream, type Upstream } from './upstream.ts';

/** What erasing needs of the world. */
export interface EraseContext extends RunContext {
  /** Recordings; absent: nobody looks for them. */
  input?: Store;
}

/** What was looked for at the end, and found. */
export interface Proof extends Searched {
  /** Kinds of what was looked for. */
  sought: string[]; // e.g., ["its id", "its page's path"]
  texts: number;
  parties: number;
}

export type Erased =
  /** The pipeline's stores still hold it: nothing was written. */
  | { state: 'upstream'; upstream: Upstream }
  /** The organization could not be built without it. */
  | { state: 'failed'; problems: Printable[] }
  /** Nothing of it was there. */
  | { state: 'nothing'; proof: Proof }
  /**
   * @property wasKnown false where nothing told of it, but something was left of killed runs
   * @property removed objects of builds and of mail that were removed or written anew
   */
  | { state: 'erased'; wasKnown: boolean; proof: Proof; generation?: number; removed: number };

/** A build of everything from the input, where a first one left something. */
const ATTEMPTS = 2;

/**
 * Erase one call of one organization from the reports store, where the pipeline's stores no longer hold it, and look for it in all
 * that is left.
 * @param given the call's id, its page's path, or the hash in that
 * @throws {UserError} for a wrong configuration
 */
export async function eraseCall(context: EraseContext, org: string, given: string): Promise<Erased> {
  const { config } = await readConfig(context.config, org, context.maskingKey !== undefined);
  if (!config.masking) return erase({ ...context, maskingKey: undefined }, org, given, config);
  try {
    return await erase(context, org, given, config);
  } catch (error) {
    const urls = [context.results, context.config, context.reports].map(({ url }) => url);
    throw maskError(error, maskMessages([org, ...urls]));
  }
}

async function erase(context: EraseContext, org: string, given: string, config: TenantConfig): Promise<Erased> {
  const { reports } = context;
  const log = context.logFor(org);
  await using spool = await openSpool();
  const { known, call, upstream, longer } = await log.step(say`look for the call`, async () => {
    const knows = await readKnown(reports, org, spool);
    return { known: knows, ...(await resolveCall(context, org, given, config, knows, spool)) };
  });
  if (isUpstream(upstream)) return { state: 'upstream', upstream };

  const told = await toldOf(known, call);
  const names = needlesOf(call, told.alone, longer);
  const pages = await known.blobsOf(pathsOf(call));
  const said = await saidOf(reports, known, call, pages, config);
  const before = await buildObjects(reports, org);
  const isKnown = told.isKnown || pages.size > 0;
  const traces = isKnown ? [] : await hitsIn(reports, org, names);
  const dropOlder = isKnown || traces.some((key) => key.startsWith(`${org}/`));
  const wasKnown = isKnown || traces.length > 0;
  const isOver = !wasKnown && !(await mayHaveLeftovers(reports, org));
  // What a writer that was killed has left beside the objects of a folder goes with the next change, and this one changes nothing.
  if (isOver) await reports.remove(`${org}/builds/0-erase`);

  let mended = 0;
  let generation: number | undefined;
  for (let attempt = 1; ; attempt++) {
    if (!isOver && before.size > 0) {
      const built = await buildWithout(context, org, { paths: pathsOf(call), dropOlder }, attempt > 1);
      if ('problems' in built) return { state: 'failed', problems: built.problems };
      generation = built.generation;
      await sweep(reports, org, before);
    }
    if (!isOver) mended += await cleanMail(reports, org, names, looseNeedles(call, told.shown));
    const proof = await log.step(
      say`search`,
      () => prove(reports, org, call, names, said),
      ({ objects }) => counted(objects, 'object'),
    );
    const isLeft = proof.hits.some(({ key }) => key.startsWith(`${org}/`));
    if (isOver) return { state: 'nothing', proof };
    if (isLeft && attempt < ATTEMPTS) continue;
    const there = await buildObjects(reports, org);
    let removed = mended;
    for (const name of before.keys()) if (!there.has(name)) removed++;
    return { state: 'erased', wasKnown, proof, generation, removed };
  }
}

const pathsOf = ({ segments }: NamedCall): string[] => segments.map((segment) => `/calls/${segment}/`);

/**
 * Whether any state or day tells of a call, and the ids by which it is shown where outside parties are masked; `alone`: and no
 * other one.
 */
async function toldOf(
  { calls }: KnownCalls,
  { id }: NamedCall,
): Promise<{ isKnown: boolean; shown: string[]; alone: string[] }> {
  let isKnown = false;
  const shown = new Set<string>();
  for await (const each of calls) {
    if (each.id !== id) continue;
    isKnown = true;
    if (each.shown !== undefined) shown.add(each.shown);
  }
  const alone = new Set(shown);
  if (shown.size > 0)
    for await (const each of calls) if (each.id !== id && each.shown !== undefined) alone.delete(each.shown);
  return { isKnown, shown: [...shown], alone: [...alone] };
}

/** Whatever may stand for the call in a message. */
const looseNeedles = ({ id }: NamedCall, shown: readonly string[]): Needle[] =>
  [...shown, ...(id === undefined ? [] : [id])].map((word) => ({
    what: 'its id',
    isIn: (text) => holdsWord(text, word, []),
  }));

/** What only this call may hold, as far as anything is left of its record and pages. */
async function saidOf(
  reports: Store,
  known: KnownCalls,
  { id, segments }: NamedCall,
  blobs: Iterable<string>,
  { agentDomains }: TenantConfig,
): Promise<Said> {
  const isIt = (call: Call) => call.id === id || segments.includes(call.alias?.segment ?? '');
  const pages: string[] = [];
  for (const key of blobs) pages.push((await textAt(reports, key)) ?? '');
  return saidIn(await known.recordsOf(isIt), pages, agentDomains);
}

/** Keys of objects that name the call. */
async function hitsIn(reports: Store, org: string, names: readonly Needle[]): Promise<string[]> {
  const { hits } = await search(reports, org, { names, said: [], isOthers: () => false });
  return hits.map(({ key }) => key);
}

/** Where the pointer or a manifest is damaged, everything may be left over: it is built anew then. */
async function mayHaveLeftovers(reports: Store, org: string): Promise<boolean> {
  try {
    return await hasLeftovers(reports, org);
  } catch (error) {
    if (error instanceof Damaged) return true;
    throw error;
  }
}

/** The ordinary build of this one organization, whose loss guard does not mind this one call. */
async function buildWithout(
  context: EraseContext,
  org: string,
  erasing: NonNullable<RunContext['erasing']>,
  force: boolean,
): Promise<{ problems: Printable[] } | { generation: number }> {
  const [outcome] = await buildAll({ ...context, force, erasing }, [org]);
  if (outcome === undefined) throw new Error(`missing outcome: ${org}`);
  return 'problems' in outcome ? { problems: outcome.problems } : { generation: outcome.result.generation };
}

/** Look for everything of the call in everything of the organization. */
async function prove(
  reports: Store,
  org: string,
  call: NamedCall,
  names: readonly Needle[],
  said: Said,
): Promise<Proof> {
  const current = await readCurrent(reports, org, new Set(pathsOf(call)));
  const isOthers = (key: string): boolean =>
    key.startsWith(`${org}/`) && current?.others.has(key.slice(org.length + 1)) === true;
  const searched = await search(reports, org, { names, said: said.needles, isOthers });
  return { ...searched, sought: [...new Set(names.map(({ what }) => what))], texts: said.texts, parties: said.parties };
}
