import { setTimeout as sleep } from 'node:timers/promises';
import { decodeText, stableJson } from '../lib/bytes.ts';
import { type Printable, say } from '../lib/printable.ts';
import { PreconditionFailed, type Store } from '../store/store.ts';
import { PipelineError } from './errors.ts';
import { spentKey } from './keys.ts';
import type { Paid, World } from './world.ts';

/** What was spent in a day (UTC): `<org>/pipeline/spent/<day>.json`. */
export type Spent = Paid;

export const NOTHING_SPENT: Readonly<Spent> = { calls: 0, minutes: 0, tokens: 0, units: 0 };

/** Others write it at the same time: so often at the most. */
const MOST_TRIES = 200;

/**
 * Take from the day's budget before something is asked for. Whoever finds something left may take what one call needs, so that a
 * budget is never exceeded by more than one call.
 * @throws {PipelineError} retry, where nothing is left
 */
export async function reserve({ org, config, stores, now }: World, amount: Partial<Spent>): Promise<void> {
  const day = now().toISOString().slice(0, 10);
  const { maxMinutesPerDay, maxTokensPerDay } = config.budgets;
  await change(stores.results, org, day, amount, (spent) => {
    if (amount.minutes && maxMinutesPerDay !== undefined && spent.minutes >= maxMinutesPerDay)
      throw usedUp(say`${maxMinutesPerDay} minutes`, say`maxMinutesPerDay`);
    if (amount.tokens && maxTokensPerDay !== undefined && spent.tokens >= maxTokensPerDay)
      throw usedUp(say`${maxTokensPerDay} tokens`, say`maxTokensPerDay`);
  });
}

/** What was reserved comes to something else in the end. */
export async function settle({ org, stores, now }: World, difference: Partial<Spent>): Promise<void> {
  if (Object.values(difference).every((value) => value === 0)) return;
  await change(stores.results, org, now().toISOString().slice(0, 10), difference, () => {});
}

/** Sum of what was spent on days that begin so. @param days such as 2026-03, or 2026-03-30 */
export async function spentOn(results: Store, org: string, days: string): Promise<Spent> {
  const sum = { ...NOTHING_SPENT };
  for await (const { key } of results.list(spentKey(org, '') + days)) add(sum, (await read(results, key)).spent);
  return sum;
}

const usedUp = (what: Printable, setting: Printable): PipelineError =>
  new PipelineError(
    'retry',
    [
      say`The day's budget of ${what} is used up. The call goes on tomorrow (UTC), or once budgets.${setting} in pipeline-config.json is raised.`,
    ],
    { waitMs: 0 },
  );

async function change(
  results: Store,
  org: string,
  day: string,
  amount: Partial<Spent>,
  check: (spent: Spent) => void,
): Promise<void> {
  const key = spentKey(org, day);
  for (let tries = 1; ; tries++) {
    const { spent, etag } = await read(results, key);
    check(spent);
    add(spent, amount);
    try {
      await results.put(key, stableJson(spent), etag === undefined ? { ifNoneMatch: '*' } : { ifMatch: etag });
      return;
    } catch (error) {
      if (!(error instanceof PreconditionFailed) || tries === MOST_TRIES) throw error;
      if (tries > 3) await sleep(Math.random() * Math.min(10 * tries, 200));
    }
  }
}

async function read(results: Store, key: string): Promise<{ spent: Spent; etag?: string }> {
  const object = await results.get(key);
  if (!object) return { spent: { ...NOTHING_SPENT } };
  return { spent: { ...NOTHING_SPENT, ...(JSON.parse(decodeText(object.body)) as Spent) }, etag: object.etag };
}

function add(sum: Spent, amount: Partial<Spent>): void {
  // Tenths of a second: sums in binary have more decimals.
  for (const name of ['calls', 'minutes', 'tokens', 'units'] as const)
    sum[name] = Math.round((sum[name] + (amount[name] ?? 0)) * 1000) / 1000;
}
