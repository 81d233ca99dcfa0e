import { randomUUID } from 'node:crypto';
import { statusOf } from './s3-errors.ts';
import { PreconditionFailed, type PutOptions, type Store } from './store.ts';

/** Which conditions a store keeps. Some servers know none, refuse all, or let several writers at once win. */
export interface ConditionalWrites {
  /** `ifNoneMatch`: an object is not overwritten, and of several creators one wins. */
  createOnly: boolean;
  /** `ifMatch`: another object is not overwritten, and of several writers who read the same one wins. */
  compareAndSwap: boolean;
}

const AT_ONCE = 8;

/**
 * Try conditional writes on an object of its own, removed afterwards, before anything relies on them.
 * @param prefix of the object's key, such as a folder that ends in "/"
 */
export async function probeConditionalWrites(store: Store, prefix = ''): Promise<ConditionalWrites> {
  const key = `${prefix}cci-probe-${randomUUID()}`;
  /** What became of one conditional write. A store without this condition refuses it in its own words. */
  const attempt = async (body: string, condition: PutOptions): Promise<'written' | 'refused' | 'unknown'> => {
    try {
      await store.put(key, body, condition);
      return 'written';
    } catch (error) {
      if (error instanceof PreconditionFailed) return 'refused';
      if (isUnknown(error)) return 'unknown';
      throw error;
    }
  };
  const oneWins = async (condition: PutOptions): Promise<boolean> => {
    const tries = Array.from({ length: AT_ONCE }, (_, i) => attempt(`${JSON.stringify(condition)} ${i}`, condition));
    const outcomes = await Promise.all(tries);
    return count(outcomes, 'written') === 1 && count(outcomes, 'refused') === AT_ONCE - 1;
  };
  const probe = async (): Promise<ConditionalWrites> => {
    const oneCreates = await oneWins({ ifNoneMatch: '*' });
    const first = await store.put(key, 'first');
    const keeps = (await attempt('none', { ifNoneMatch: '*' })) === 'refused';
    const second = await store.put(key, 'second');
    const refuses = (await attempt('none', { ifMatch: first })) === 'refused';
    return { createOnly: oneCreates && keeps, compareAndSwap: refuses && (await oneWins({ ifMatch: second })) };
  };
  const keeps = await probe().catch(async (error: unknown) => {
    // That nothing could be written says more than that nothing can be removed.
    await store.remove(key).catch(() => {});
    throw error;
  });
  await store.remove(key);
  return keeps;
}

const count = (outcomes: string[], outcome: string): number => outcomes.filter((each) => each === outcome).length;

/** The server says that it does not know the condition; a lack of rights or of a connection says nothing about it. */
function isUnknown(error: unknown): boolean {
  const status = statusOf(error instanceof Error && error.cause ? error.cause : error) ?? 0;
  return status === 501 || (status >= 400 && status < 500 && status !== 401 && status !== 403);
}
