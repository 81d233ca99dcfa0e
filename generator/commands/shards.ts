import { type Printable, quoted, say } from '../lib/printable.ts';
import { isOrganization } from '../source/layout.ts';

/** Organizations that one machine builds. */
export interface Shard {
  name: string; // e.g., "1"
  orgs: string[];
}

/** No event names more; what comes after is dropped unread. */
const MOST_NAMED = 1000;

/**
 * The organizations that an event names: a JSON list, or ids with spaces or commas between. Nothing in it is trusted yet.
 * @returns undefined where it names none at all, which means every organization
 */
export function readChanged(text: string | undefined): string[] | undefined {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '' || trimmed === 'null') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(trimmed);
  } catch {
    value = trimmed;
  }
  if (typeof value === 'string') return value.split(/[\s,]+/).filter((each) => each !== '');
  return [value].flat().map((each) => (typeof each === 'string' ? each : JSON.stringify(each)));
}

/** Those of the named that there are, in the order found; and a sentence on each of the others. */
export function chooseOrganizations(
  named: readonly string[],
  found: readonly string[],
): { orgs: string[]; dropped: Printable[] } {
  const wanted = new Set(named.slice(0, MOST_NAMED));
  const dropped: Printable[] = [];
  for (const org of wanted) {
    if (!isOrganization(org)) dropped.push(say`${quoted(org)} is not an organization’s id, so it is left out.`);
    else if (!found.includes(org))
      dropped.push(
        say`${quoted(org)} has neither results nor a site, so it is left out. Run tenants to list the organizations.`,
      );
  }
  if (named.length > MOST_NAMED)
    dropped.push(say`${named.length - MOST_NAMED} more are left out: at most ${MOST_NAMED} can be named.`);
  return { orgs: found.filter((org) => wanted.has(org)), dropped };
}

/** One machine makes the pages of so many calls, all of them, in some minutes. A second one costs its start again. */
const CALLS_A_MACHINE = 100_000;

/** How many machines are worth their start. @param sizes calls by organization, as far as they are known */
export const machinesFor = (orgs: readonly string[], sizes: ReadonlyMap<string, number>): number =>
  Math.max(1, Math.ceil(orgs.reduce((sum, org) => sum + (sizes.get(org) ?? 0), 0) / CALLS_A_MACHINE));

/**
 * Share organizations out so that shards come out about equally large: the largest first, each to the lightest shard.
 * @param sizes calls by organization; one that is not there counts as the average
 * @param count most shards; none is empty
 */
export function planShards(orgs: readonly string[], sizes: ReadonlyMap<string, number>, count: number): Shard[] {
  const known = orgs.flatMap((org) => sizes.get(org) ?? []);
  const average = known.length > 0 ? known.reduce((sum, size) => sum + size, 0) / known.length : 0;
  // Even an empty organization costs a listing.
  const sizeOf = (org: string) => (sizes.get(org) ?? average) + 1;
  const sorted = [...orgs].sort((a, b) => sizeOf(b) - sizeOf(a) || (a < b ? -1 : 1));
  const shards = Array.from({ length: Math.min(count, orgs.length) }, (_, i) => ({
    name: String(i + 1),
    orgs: [] as string[],
    size: 0,
  }));
  for (const org of sorted) {
    const [first, ...others] = shards;
    if (!first) break;
    const lightest = others.reduce((least, each) => (each.size < least.size ? each : least), first);
    lightest.orgs.push(org);
    lightest.size += sizeOf(org);
  }
  return shards.map(({ name, orgs }) => ({ name, orgs: orgs.sort() }));
}
