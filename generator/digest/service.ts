import { checkedJson, parseChecked } from '../lib/checked.ts';
import type { Store } from '../store/store.ts';
import { type DigestKind, type DigestSchedule, KINDS } from '../tenants/digest-config.ts';

/**
 * Since when an organization's digests of a kind go out by themselves. Issues before were never due, whatever somebody had sent of them by
 * hand; nor were those that the schedule of that time left out.
 */
interface Service {
  version: 1;
  /** The first issue's last local day. */
  from: string;
  /** The schedule of that time: the weekdays of daily digests; of weekly ones the first day of a week. */
  days: readonly string[];
}

const keyOf = (organization: string, kind: DigestKind): string =>
  `mail/ledger/${organization}/service${kind === 'daily' ? '' : `-${kind}`}.json`;

/** What decides which issues of a kind there are. */
const rhythmOf = (kind: DigestKind, { digest, weekStart }: DigestSchedule): readonly string[] =>
  ({ daily: digest.days, weekly: [weekStart], monthly: [] })[kind];

/** The last day of the first issue that was due; undefined where the service has not begun, or is another one now. */
export async function serviceStart(
  store: Store,
  organization: string,
  kind: DigestKind,
  schedule: DigestSchedule,
): Promise<string | undefined> {
  const object = await store.get(keyOf(organization, kind));
  if (!object) return undefined;
  const service = parseChecked(object.body) as Partial<Service> | undefined;
  const isSame = Array.isArray(service?.days) && service.days.join() === rhythmOf(kind, schedule).join();
  return isSame ? service.from : undefined;
}

/** Runs that begin it at once write the same. */
export async function beginService(
  store: Store,
  organization: string,
  { kind, date }: { kind: DigestKind; date: string },
  schedule: DigestSchedule,
): Promise<void> {
  const service: Service = { version: 1, from: date, days: rhythmOf(kind, schedule) };
  await store.put(keyOf(organization, kind), checkedJson(service));
}

/**
 * Nobody gets these digests any more: when somebody does again, nothing has been missed.
 * @param kinds that somebody gets
 */
export async function endServices(store: Store, organization: string, kinds: readonly DigestKind[]): Promise<void> {
  for (const kind of KINDS) {
    const key = keyOf(organization, kind);
    if (!kinds.includes(kind) && (await store.get(key))) await store.remove(key);
  }
}
