import { checkedJson, parseChecked } from '../lib/checked.ts';
import type { Store } from '../store/store.ts';
import type { Weekday } from '../tenants/config.ts';

/**
 * Since when an organization's digests go out by themselves. Days before were never due, whatever somebody had sent about them by hand;
 * nor were those that the weekdays of that time left out.
 */
interface Service {
  version: 1;
  /** First local day. */
  from: string;
  days: readonly Weekday[];
}

const keyOf = (organization: string): string => `mail/ledger/${organization}/service.json`;

/** The first day that was due, on these weekdays; undefined where the service has not begun, or is another one now. */
export async function serviceStart(
  store: Store,
  organization: string,
  days: readonly Weekday[],
): Promise<string | undefined> {
  const object = await store.get(keyOf(organization));
  if (!object) return undefined;
  const service = parseChecked(object.body) as Partial<Service> | undefined;
  const isSame = Array.isArray(service?.days) && service.days.join() === days.join();
  return isSame ? service.from : undefined;
}

/** Runs that begin it at once write the same. */
export async function beginService(
  store: Store,
  organization: string,
  from: string,
  days: readonly Weekday[],
): Promise<void> {
  await store.put(keyOf(organization), checkedJson({ version: 1, from, days } satisfies Service));
}

/** Nobody gets a digest any more: when somebody does again, nothing has been missed. */
export async function endService(store: Store, organization: string): Promise<void> {
  if (await store.get(keyOf(organization))) await store.remove(keyOf(organization));
}
