import { say } from '../../../lib/printable.ts';
import { PipelineError } from '../../errors.ts';
import type { JsonObject } from '../../ports.ts';
import { below, jsonOf, type Server } from '../http.ts';
import type { Account } from '../token.ts';

const PAGE = 200;
const LIST_MS = 60_000;
/** No recorder completes more calls in a day. */
const MOST = 200_000;

/**
 * Everything that was complete within a time, page by page.
 * @param path as the secret has it
 * @throws {PipelineError} `retry` where less comes than the server says that there is
 */
export async function pagesOf(
  account: Account,
  server: Server,
  path: string,
  window: { start: number; end: number },
  signal: AbortSignal,
): Promise<JsonObject[]> {
  const found = new Map<string, JsonObject>();
  let most = 0;
  for (let index = 0; ; ) {
    const url = pageAddress(server, path, window, index);
    const answer = await account.ask({ url, accept: 'application/json', limitMs: LIST_MS, signal }, jsonOf);
    const { totalResults, searchResults } = answer;
    if (typeof totalResults !== 'number' || !Array.isArray(searchResults)) throw unlike(server);
    const before = found.size;
    for (const each of searchResults) {
      const { id, recording } = recordingIn(each);
      if (id === undefined) throw unlike(server);
      found.set(id, recording);
    }
    most = Math.max(most, totalResults);
    index += searchResults.length;
    if (found.size >= most) return [...found.values()];
    // Nothing new: the end, or the same page once more. What was removed meanwhile has moved others out of sight.
    if (found.size === before || index > MOST) throw short(server, found.size, most);
  }
}

function recordingIn(result: unknown): { id: string | undefined; recording: JsonObject } {
  const { recording = result } = Object(result) as { recording?: unknown };
  const { id } = Object(recording) as { id?: unknown };
  const isId = (typeof id === 'string' && id !== '') || typeof id === 'number';
  return { id: isId ? String(id) : undefined, recording: recording as JsonObject };
}

function pageAddress(server: Server, path: string, { start, end }: { start: number; end: number }, index: number): URL {
  const shown = (at: number) => encodeURIComponent(new Date(at).toISOString().replace('.000', ''));
  const url = below(server, path.replaceAll('{start}', shown(start)).replaceAll('{end}', shown(end)));
  const asked = { firstResultIndex: index, maxResults: PAGE, filterRecordingByCompletionTime: true };
  for (const [name, value] of Object.entries(asked))
    if (name === 'firstResultIndex' || !url.searchParams.has(name)) url.searchParams.set(name, String(value));
  return url;
}

const unlike = ({ base }: Server): PipelineError =>
  new PipelineError('configuration', [
    say`${base.host} lists recordings in a form that is not known: searchResults with an id each, and totalResults, are expected. Check recordings_path of the secret.`,
  ]);

const short = ({ base }: Server, read: number, total: number): PipelineError =>
  new PipelineError('retry', [say`${base.host} lists ${read} of ${total} recordings. It is asked again later.`]);
