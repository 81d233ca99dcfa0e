import { openSpool } from '../../lib/spool.ts';
import type { Store } from '../../store/store.ts';
import { readKnown } from '../known.ts';
import { holdsWord, isDistinctive, type Needle } from '../needles.ts';

/** How the calls of an organization may be named in a text. */
interface CallNames {
  /** Calls that the reports store knows, current or left over. */
  calls: number;
  needle: Needle;
}

/** Whatever ids and paths of pages consist of; all else stands between two of them. */
const WORDS = /[\p{L}\p{N}_~.@,+=%-]+/gu;
/** An id with other signs in it is looked for by itself. */
const IS_WORD = /^[\p{L}\p{N}_~.@,+=%-]*[\p{L}\p{N}_~@+=%-]$/u;

/** Reads the names of all calls from states, days and manifests: one set for all of them, as there may be many. */
export async function callNames(reports: Store, org: string): Promise<CallNames> {
  await using spool = await openSpool();
  const { calls } = await readKnown(reports, org, spool);
  const ids = new Set<string>();
  const names = new Set<string>();
  const odd = new Set<string>();
  for await (const { id, segment, shown } of calls) {
    ids.add(id);
    // A word such as "summary" or "12" tells of a call only in the path of its page.
    for (const each of [id, ...(shown === undefined ? [] : [shown])])
      if (isDistinctive(each)) (IS_WORD.test(each) ? names : odd).add(each);
    names.add(`calls/${segment}`);
  }
  const isIn = (text: string): boolean => {
    for (const { 0: word, index } of text.matchAll(WORDS)) {
      const plain = withoutEnd(word);
      if (names.has(word) || names.has(plain)) return true;
      if (text.slice(Math.max(0, index - 6), index) === 'calls/' && names.has(`calls/${plain}`)) return true;
    }
    return [...odd].some((id) => holdsWord(text, id, []));
  };
  return { calls: ids.size, needle: { what: 'ids and pages of its calls', isIn } };
}

const ENDINGS = ['.json', '.jsonl', '.mp3', '.wav'];

/** A word without the ending of an object's key, or the stops that end a sentence. */
function withoutEnd(word: string): string {
  const ending = ENDINGS.find((each) => word.endsWith(each));
  if (ending !== undefined) return word.slice(0, -ending.length);
  let end = word.length;
  while (end > 0 && '.,'.includes(word.charAt(end - 1))) end--;
  return word.slice(0, end);
}
