import { type Entry, entriesOf } from '#shared/search/block.ts';
import { decodeFound, type SegmentCalls } from '#shared/search/calls.ts';
import { decodePiece } from '#shared/search/piece.ts';
import type { QueryWord } from '#shared/search/query.ts';
import {
  blockOf,
  blockPath,
  callsPath,
  firstsPath,
  piecePath,
  ROOT_PATH,
  type SearchRoot,
} from '#shared/search/root.ts';
import type { CallPage } from '#shared/view.ts';
import { pageText } from '../fixtures/world.ts';
import { decodeText } from '../lib/bytes.ts';
import { readManifest, readPointer, readSiteFile } from '../publish/read.ts';
import type { Store } from '../store/store.ts';

/** What the search files of a site say of one call. */
export interface IndexedCall {
  path: string;
  segment: string;
  day: string | null;
  agent: string | null;
  terms: Set<string>;
}

/** Reads all search files of a published site, as a browser could. @throws where they do not fit together */
export async function readIndex(
  reports: Store,
  org: string,
): Promise<{ root: SearchRoot; calls: IndexedCall[]; stems: Map<string, string> }> {
  const current = await readPointer(reports, org);
  if (!current) throw new Error(`unpublished: ${org}`);
  const { files } = await readManifest(reports, org, current.pointer);
  const bytesAt = async (path: string): Promise<Uint8Array> => {
    const file = await files.get(path);
    if (!file) throw new Error(`missing file: ${path}`);
    return readSiteFile(reports, org, file, path);
  };
  const json = async <T>(path: string) => JSON.parse(decodeText(await bytesAt(path))) as T;
  const root = await json<SearchRoot>(ROOT_PATH);
  const calls: IndexedCall[] = [];
  const stems = new Map<string, string>();
  for (const { name, days, blocks, firsts } of root.segments) {
    const dayOf = days.flatMap(([day, n]) => Array.from({ length: n }, () => day));
    const own: IndexedCall[] = [];
    for (let file = 0; own.length < dayOf.length; file++)
      for (const { path, agent } of decodeFound(await json<SegmentCalls>(callsPath(name, file))))
        own.push({ path, agent, segment: name, day: dayOf[own.length] ?? null, terms: new Set() });
    const bounds = firsts ?? (await json<string[]>(firstsPath(name)));
    if (bounds.length !== blocks) throw new Error(`${blocks} blocks and ${bounds.length} first terms: ${name}`);
    for (let block = 0; block < blocks; block++) {
      for (const entry of entriesOf(await bytesAt(blockPath(name, block)))) {
        if (blockOf(bounds, entry.term) !== block) throw new Error(`not in its block: ${entry.term}`);
        const places = await placesOf(entry, (piece) => bytesAt(piecePath(name, piece)));
        if (places.length !== entry.count) throw new Error(`not as many: ${entry.term}`);
        for (const place of places) own[place]?.terms.add(entry.term);
        stems.set(entry.term, entry.stem);
      }
    }
    calls.push(...own);
  }
  return { root, calls, stems };
}

async function placesOf(
  { places, pieces }: Entry,
  pieceAt: (piece: number) => Promise<Uint8Array>,
): Promise<readonly number[]> {
  if (!pieces) return places ?? [];
  const all: number[] = [];
  for (let piece = pieces.first; piece < pieces.first + pieces.count; piece++)
    all.push(...decodePiece(await pieceAt(piece)).places);
  return all;
}

/** What the page of a call shows of what was said, in a world whose pages are their view models. */
export async function saidOn(reports: Store, org: string, path: string): Promise<string[]> {
  const html = (await pageText(reports, org, path)).replaceAll('&lt;', '<');
  const page = JSON.parse(html.slice(html.indexOf('{'), html.lastIndexOf('}') + 1)) as CallPage;
  return page.transcript.turns.map(({ text }) => text);
}

/** Whether a call with these terms has a word of a query, by a look at all of them. @param stems of all words of the site */
export function hasWord(
  terms: ReadonlySet<string>,
  stems: ReadonlyMap<string, string>,
  { term, as }: QueryWord,
): boolean {
  const stem = as === 'word' || as === 'start' ? stems.get(term) : undefined;
  return [...terms].some(
    (each) =>
      each === term ||
      (as === 'start' && each.startsWith(term)) ||
      (stem !== undefined && !each.startsWith('!') && stems.get(each) === stem),
  );
}
