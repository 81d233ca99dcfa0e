import { mapConcurrent } from '../lib/map-concurrent.ts';
import type { Store } from '../store/store.ts';
import type { Needle } from './needles.ts';
import { readingsOf } from './readings.ts';
import { oneSpaced } from './said.ts';
import { Unreadable, unpackedText } from './unpack.ts';

/** One object in which something was found. */
interface Hit {
  key: string;
  /** In general words. */
  what: string[]; // e.g., ["its id"]
}

export interface Searched {
  objects: number;
  /** As stored. */
  bytes: number;
  hits: Hit[];
  /** Objects that could not be read as text, so that nobody can say what is in them. */
  unreadable: string[];
}

/** What is looked for in which objects. */
export interface Sought {
  /** What names the call: found anywhere, it is a trace. */
  names: readonly Needle[];
  /** What may be another call's too: not looked for in objects of which `isOthers` holds, and none where found there. */
  said: readonly Needle[];
  isOthers: (key: string) => boolean;
}

/** Kinds of objects about mail that lie in a folder of their organization. */
const MAIL_OF_ORG = /^mail\/(?:frozen|ledger|preferences)\/([^/]+)\//;
/** Objects read at once are held whole. */
const IN_BATCH = 64;

/** Keys of all objects that may tell of an organization's calls: its own, those about its mail, and the root's status. */
async function* keysOf(reports: Store, org: string): AsyncGenerator<string> {
  for await (const { key } of reports.list(`${org}/`)) yield key;
  for await (const { key } of reports.list('mail/')) {
    const [, owner] = MAIL_OF_ORG.exec(key) ?? [];
    if (owner === undefined || owner === org) yield key;
  }
  yield STATUS;
}

const STATUS = 'status.json';

/** Looks for something in every object of an organization, whatever is packed or encoded in it. */
export async function search(reports: Store, org: string, { names, said, isOthers }: Sought): Promise<Searched> {
  const result: Searched = { objects: 0, bytes: 0, hits: [], unreadable: [] };
  const shared = new Set<Needle>();
  const found: { key: string; needles: Needle[] }[] = [];
  const look = async (key: string) => {
    const object = await reports.get(key);
    if (!object) return;
    result.objects++;
    result.bytes += object.size;
    const texts = textsIn(key, object.body, org);
    if (texts === undefined) {
      result.unreadable.push(key);
      return;
    }
    const isIn = ({ isIn: test }: Needle) => texts.some((text) => test(text));
    const ofCall = said.filter((needle) => !shared.has(needle) && isIn(needle));
    if (isOthers(key)) for (const needle of ofCall) shared.add(needle);
    const needles = [...names.filter(isIn), ...ofCall];
    if (needles.length > 0) found.push({ key, needles });
  };
  let batch: string[] = [];
  for await (const key of keysOf(reports, org)) {
    batch.push(key);
    if (batch.length < IN_BATCH) continue;
    await mapConcurrent(batch, look);
    batch = [];
  }
  await mapConcurrent(batch, look);
  for (const { key, needles } of found) {
    const what = new Set(needles.filter((needle) => !shared.has(needle)).map((needle) => needle.what));
    if (what.size > 0) result.hits.push({ key, what: [...what] });
  }
  result.hits.sort((a, b) => (a.key < b.key ? -1 : 1));
  return result;
}

/** The key, and all that the object may say; undefined where it cannot be read. */
function textsIn(key: string, body: Uint8Array, org: string): string[] | undefined {
  try {
    const text = unpackedText(body);
    const texts = readingsOf(key === STATUS ? ownStatus(text, org) : text);
    return [key, ...new Set(texts.flatMap((read) => [read, oneSpaced(read)]))];
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** Of the root's status what is told of the organization; all of it where it cannot be read. Others may have a call of that id. */
function ownStatus(text: string, org: string): string {
  try {
    const { organizations } = JSON.parse(text) as { organizations?: { [org: string]: unknown } };
    const isTold = organizations !== undefined && Object.hasOwn(organizations, org);
    return isTold ? JSON.stringify(organizations[org]) : '';
  } catch {
    return text;
  }
}
