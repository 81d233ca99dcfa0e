import type { CallFilter } from '#shared/filter/filter.ts';
import type { FilterTest } from '#shared/filter/match.ts';
import { foundPaths } from '../kept/found-list.ts';
import type { ListedCall } from './listed-calls.ts';

/** The parts of a filter that look beyond what is counted of a call. */
export const lookedUp = ({ text, found }: CallFilter): FilterTest[] => [
  ...(text ? [textTest(text)] : []),
  ...(found ? [foundTest(found)] : []),
];

/** Calls of a list that a search has left; none where this browser does not have it. */
function foundTest(name: string): FilterTest {
  const paths = new Set(foundPaths(name));
  return { part: 'found', fits: (call) => paths.has((call as ListedCall).row.path) };
}

/** Digits from which on a word may be part of a number that is written with other marks. */
const NUMBER = /^[+\d().\-/]{4,}$/;

/**
 * Calls that have every word of a text in summary, topic, number or id, without regard to case and accents. A call whose words
 * have not been fetched yet is not found by them.
 */
function textTest(text: string): FilterTest {
  const words = plain(text).split(/\s+/).filter(Boolean);
  const forms = words.map((word) => [word, ...(NUMBER.test(word) ? [word.replace(/\D/g, '')] : [])].filter(Boolean));
  return {
    part: 'text',
    fits: (call) => {
      const hay = haystackOf(call as ListedCall);
      return forms.every((any) => any.some((form) => hay.includes(form)));
    },
  };
}

function haystackOf(call: ListedCall): string {
  if (call.haystack !== undefined) return call.haystack;
  const { row, words } = call;
  const hay = plain([row.id, row.from, row.to, row.topic, words?.summary].filter(Boolean).join('\n'));
  if (words) call.haystack = hay;
  return hay;
}

/** Without case and accents. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
