import { LRUCache } from 'lru-cache';
import type { Parties } from '#shared/counts/cube.ts';
import type { PartiesOn } from '#shared/figures/repeat-callers.ts';
import { linesIn, type Months, monthOfDay } from './months.ts';
import type { StateReader } from './state-files.ts';

/** Tells who called on a day; undefined for a day without calls. @throws {Damaged} */
export type PartyReader = (day: string) => Promise<Parties | undefined>;

/** Days that are asked for together are within two weeks, and some such weeks at once. */
const HELD_DAYS = 32;
const HELD_MONTHS = 3;

/** Reads a month where one of its days is asked for; few are held. */
export function openParties(read: StateReader, months: Months): PartyReader {
  const lines = new LRUCache<string, Promise<Map<string, string>>>({ max: HELD_MONTHS });
  const days = new LRUCache<string, Promise<Parties>>({ max: HELD_DAYS });
  return async (day) => {
    const month = monthOfDay(day);
    const at = Object.hasOwn(months, month) ? months[month] : undefined;
    if (!at) return undefined;
    const known = days.get(day);
    if (known) return known;
    const inMonth = lines.get(month) ?? read(at.parties).then(linesIn);
    lines.set(month, inMonth);
    const line = (await inMonth).get(day);
    if (line === undefined) return undefined;
    const parties = Promise.resolve(JSON.parse(line) as Parties);
    days.set(day, parties);
    return parties;
  };
}

/** Those of some days at hand. */
export async function partiesOn(days: readonly string[], read: PartyReader): Promise<PartiesOn> {
  const parties = await Promise.all(days.map(async (day) => [day, await read(day)] as const));
  const byDay = new Map(parties);
  return (day) => byDay.get(day);
}
