import { keysIn } from '../../../generator/source/feed/event-keys.ts';
import { isOrganization } from '../../../generator/source/layout.ts';

/** Whose objects have come or gone. */
export interface Changed {
  organizations: ReadonlySet<string>;
  /** A message was not understood, so it may be of any organization. */
  all: boolean;
}

/**
 * What messages of the trigger's queue name: events of EventBridge, or any other form that a change feed may have.
 * @param prefix of the results in their bucket: "", or a folder that ends in "/"
 */
export function changedIn(bodies: Iterable<string>, prefix: string): Changed {
  const organizations = new Set<string>();
  let all = false;
  for (const body of bodies) {
    const found = keysIn(body);
    if ('problem' in found) all = true;
    else for (const key of found.keys) for (const org of organizationOf(key, prefix)) organizations.add(org);
  }
  return { organizations, all };
}

/** None of an object that belongs to no organization. */
function organizationOf(key: string, prefix: string): string[] {
  if (!key.startsWith(prefix)) return [];
  const end = key.indexOf('/', prefix.length);
  const org = end < 0 ? '' : key.slice(prefix.length, end);
  return isOrganization(org) ? [org] : [];
}

/** What the workflow listens to. */
const EVENT = 'pipeline-finished';
/** `plan` reads no more names. */
const MOST_NAMED = 1000;
/** GitHub takes less than 64 KB. */
const MOST_BYTES = 60_000;

/** The body of a `repository_dispatch`: ids and nothing else. Where they are too many it names none, which means every organization. */
export function dispatchBody({ organizations, all }: Changed): string {
  const named = JSON.stringify({ event_type: EVENT, client_payload: { organizations: [...organizations].sort() } });
  const fits = !all && organizations.size <= MOST_NAMED && Buffer.byteLength(named) <= MOST_BYTES;
  return fits ? named : JSON.stringify({ event_type: EVENT, client_payload: {} });
}
