import { readStatus } from '../../../generator/publish/status.ts';
import type { Store } from '../../../generator/store/store.ts';
import { STORE_MS, withTimeLimit } from './time-limit.ts';

/** "unknown": no run has said yet by when the next one is expected. */
export type Freshness = 'fresh' | 'late' | 'unknown';

/** Somebody may ask as often as they like: the store is asked once in this time. */
const RECHECK_MS = 30_000;

/**
 * Whether the reports are as new as they should be, by what the last run has written into `status.json`: when the next one must have
 * ended. A failure is remembered as long as an answer.
 * @param options `now` in ms; `storeMs` how long the store may take for an answer
 * @returns throws where the store fails
 */
export function openFreshness(
  untimed: Store,
  options: { recheckMs?: number; now?: () => number; storeMs?: number } = {},
): () => Promise<Freshness> {
  const { recheckMs = RECHECK_MS, now = Date.now, storeMs = STORE_MS } = options;
  const store = withTimeLimit(untimed, () => storeMs);
  let known: { asked: number; expected: Promise<number> } | undefined;

  function expectedBy(): Promise<number> {
    if (known !== undefined && now() - known.asked < recheckMs) return known.expected;
    const expected = readStatus(store).then(({ status }) => instantOf(status));
    // Whoever asks hears of a failure; nobody may be there to ask.
    expected.catch(() => undefined);
    known = { asked: now(), expected };
    return expected;
  }

  return async () => {
    const expected = await expectedBy();
    if (Number.isNaN(expected)) return 'unknown';
    return now() <= expected ? 'fresh' : 'late';
  };
}

/** In ms; NaN where no run has said it, or nobody can read it. */
function instantOf(status: object): number {
  const { expectedBy } = status as { expectedBy?: unknown };
  return typeof expectedBy === 'string' ? Date.parse(expectedBy) : Number.NaN;
}
