/** For tests only: an index of calls that are held in memory, and what a search must find in them. */
import { blockWriter } from '../block.ts';
import { CALLS_A_FILE, encodeFound } from '../calls.ts';
import { compareTerms } from '../compare.ts';
import type { IndexFiles } from '../lexicon.ts';
import { encodePiece, piecesOf } from '../piece.ts';
import type { Query, QueryWord } from '../query.ts';
import { blockPath, callsPath, piecePath, type SearchRoot, type SearchSegment } from '../root.ts';
import { isWithin } from '../segment-days.ts';
import { wordsOf } from '../terms.ts';

export interface TinyCall {
  id: string;
  day: string | null;
  said: string;
  /** Terms of filters. */
  filters?: readonly string[];
}

/** Endings that make no other word. */
const tinyStem = (term: string): string => (/^[a-z]{3,}?(?=(s|ed|ing)$)/.exec(term) ?? [term])[0];

export interface TinyIndex extends IndexFiles {
  root: SearchRoot;
  /** Every path that was asked for. */
  asked: string[];
}

/** @param segments calls of each, newest first; places follow from that @param limits of blocks in terms, and of lists in calls */
export function tinyIndex(
  segments: readonly (readonly TinyCall[])[],
  { terms = 5, list = 4 }: { terms?: number; list?: number } = {},
): TinyIndex {
  const files = new Map<string, unknown>();
  const asked: string[] = [];
  const root: SearchRoot = { language: 'en', callsAFile: CALLS_A_FILE, segments: [] };
  for (const [i, calls] of segments.entries()) root.segments.push(segmentOf(`s${i}`, calls, files, { terms, list }));
  const get = async (path: string) => {
    asked.push(path);
    if (!files.has(path)) throw new Error(`no such file: ${path}`);
    return files.get(path);
  };
  return { root, asked, json: get as IndexFiles['json'], bytes: get as IndexFiles['bytes'] };
}

function segmentOf(
  name: string,
  calls: readonly TinyCall[],
  files: Map<string, unknown>,
  limits: { terms: number; list: number },
): SearchSegment {
  const places = new Map<string, number[]>();
  for (const [place, call] of calls.entries())
    for (const term of termsOf(call)) places.set(term, [...(places.get(term) ?? []), place]);
  const firsts: string[] = [];
  const writer = blockWriter(calls.length);
  let pieces = 0;
  const end = () => {
    if (writer.entries > 0) files.set(blockPath(name, firsts.length - 1), writer.end());
  };
  for (const [term, own] of [...places].sort(([a], [b]) => compareTerms(a, b))) {
    if (writer.entries === 0 || writer.entries === limits.terms) {
      end();
      firsts.push(term);
    }
    const entry = { term, stem: tinyStem(term), count: own.length };
    if (own.length <= limits.list) writer.add({ ...entry, places: own });
    else {
      const parts = piecesOf(own, calls.length);
      for (const [i, part] of parts.entries()) files.set(piecePath(name, pieces + i), encodePiece(part));
      writer.add({ ...entry, pieces: { first: pieces, count: parts.length } });
      pieces += parts.length;
    }
  }
  end();
  for (let at = 0; at < calls.length; at += CALLS_A_FILE)
    files.set(
      callsPath(name, at / CALLS_A_FILE),
      encodeFound(calls.slice(at, at + CALLS_A_FILE).map(({ id }) => ({ id, path: `/calls/${id}/`, agent: null }))),
    );
  const days: SearchSegment['days'] = [];
  for (const { day } of calls) {
    const last = days.at(-1);
    if (last?.[0] === day) last[1]++;
    else days.push([day, 1]);
  }
  return { name, days, blocks: firsts.length, firsts };
}

const termsOf = ({ said, filters = [] }: TinyCall): Set<string> => new Set([...wordsOf(said), ...filters]);

/** What a search must find, call by call; phrases are judged elsewhere. */
export function bruteForce(calls: readonly TinyCall[], { words, without, filters, ...period }: Query): TinyCall[] {
  const all = new Set(calls.flatMap((call) => [...termsOf(call)]));
  const has = (terms: ReadonlySet<string>, { term, as }: QueryWord): boolean =>
    terms.has(term) ||
    (as === 'start' && [...terms].some((each) => each.startsWith(term))) ||
    ((as === 'word' || as === 'start') &&
      all.has(term) &&
      [...terms].some((each) => tinyStem(each) === tinyStem(term)));
  return calls.filter((call) => {
    const terms = termsOf(call);
    return (
      isWithin(call.day, period) &&
      words.every((word) => has(terms, word)) &&
      !without.words.some((word) => has(terms, word)) &&
      filters.every((group) => group.some((term) => terms.has(term)))
    );
  });
}
