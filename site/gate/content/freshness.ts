import { readStatus } from '../../../generator/publish/status.ts';
import { isOrganization } from '../../../generator/source/layout.ts';
import type { Store } from '../../../generator/store/store.ts';
import { STORE_MS, withTimeLimit } from './time-limit.ts';

/** "unknown": no run has said yet by when the next one is expected. */
export type Freshness = 'fresh' | 'late' | 'unknown';

/** Somebody may ask as often as they like: the store is asked once in this time. */
const RECHECK_MS = 30_000;

/**
 * Whether the reports are as new as they should be, by what the last runs have written into `status.json`: when the next one must have
 * ended, of all and of each organization that the store has a folder of. A failure is remembered as long as an answer.
 * @param options `now` in ms; `storeMs` how long the store may take for an answer
 * @returns throws where the store fails
 */
export function openFreshness(
  untimed: Store,
  options: { recheckMs?: number; now?: () => number; storeMs?: number } = {},
): () => Promise<Freshness> {
  const { recheckMs = RECHECK_MS, now = Date.now, storeMs = STORE_MS } = options;
  const store = withTimeLimit(untimed, () => storeMs);
  let known: { asked: number; expected: Promise<number | undefined> } | undefined;

  function expectedBy(): Promise<number | undefined> {
    if (known !== undefined && now() - known.asked < recheckMs) return known.expected;
    const expected = Promise.all([readStatus(store), store.folders('')]).then(([{ status }, folders]) =>
      soonest(status, folders.filter(isOrganization)),
    );
    // Whoever asks hears of a failure; nobody may be there to ask.
    expected.catch(() => undefined);
    known = { asked: now(), expected };
    return expected;
  }

  return async () => {
    const expected = await expectedBy();
    if (expected === undefined) return 'unknown';
    return now() <= expected ? 'fresh' : 'late';
  };
}

interface Told {
  expectedBy?: string;
  organizations: { [org: string]: object };
}

/**
 * By when the next run must have ended, in ms: that of all, or of one of these organizations. Of one that is gone nothing comes any
 * more. @returns undefined where no run has told; NaN, by which nothing has come in time, where somebody else has written there
 */
function soonest({ expectedBy, organizations }: Told, orgs: readonly string[]): number | undefined {
  const ofOwn = (org: string) =>
    Object.hasOwn(organizations, org) ? (organizations[org] as Pick<Told, 'expectedBy'>) : {};
  const own = orgs.map((org) => ofOwn(org).expectedBy);
  const told = [expectedBy, ...own].filter((by) => by !== undefined).map((by) => Date.parse(by));
  return told.length === 0 ? undefined : told.reduce((least, by) => Math.min(least, by));
}
