import { callsAt, openSearch } from '#shared/search/find-calls.ts';
import { readQuery } from '#shared/search/query.ts';
import { ROOT_PATH } from '#shared/search/root.ts';
import type { OwnIndex } from './own-index.ts';

/** What somebody types, and what it costs until the first list of calls stands. */
export interface Asked {
  query: string;
  calls: number;
  requests: number;
  bytes: number;
  /** Paths of the calls of the list. */
  hits: string[];
}

/** Calls that the page shows at once. */
const SHOWN = 10;

/** A search by somebody who has searched for nothing yet. */
export async function ask(query: string, { root, files, sent }: OwnIndex): Promise<Asked> {
  const asked = new Set([ROOT_PATH]);
  const counted = {
    bytes: (path: string) => files.bytes(asked.add(path) && path),
    json: <T>(path: string) => files.json<T>(asked.add(path) && path),
  };
  const { hits } = await openSearch({ ...readQuery(query), filters: [] }, root, counted)();
  const shown = await callsAt(hits.slice(0, SHOWN), root, counted);
  return {
    ...{ query, calls: hits.length, requests: asked.size, hits: shown.map(({ path }) => path) },
    bytes: [...asked].reduce((sum, path) => sum + (sent.get(path)?.length ?? 0), 0),
  };
}
