import { decodeText } from '../../../lib/bytes.ts';
import type { Store } from '../../../store/store.ts';
import type { JsonObject, Party, Recording } from '../../ports.ts';
import { defined, directionOf, wordOf } from '../defined.ts';
import { instantInName, instantOf } from '../times.ts';
import { canBeAsked, type Found } from './files.ts';

/** A larger file of JSON is a transcript and holds no details. */
const LARGEST = 256 * 1024;
/** Keys of transcripts, of Amazon Transcribe and of whisper in its several forms. */
const TRANSCRIPT = ['results', 'segments', 'transcription', 'text', 'words'];

/** A JSON value that is a transcript, perhaps with details beside it. */
export const isTranscript = (value: unknown): boolean =>
  Array.isArray(value) || TRANSCRIPT.some((key) => key !== 'text' && Object.hasOwn(Object(value), key));

/** Details of a recording in the JSON files beside it. `unread` has the names of fields, or "json", that could not be read. */
export async function readDetails(store: Store, { json }: Found): Promise<{ details: JsonObject; unread: string[] }> {
  const found = { details: {} as JsonObject, unread: [] as string[] };
  for (const { key, size } of json) {
    if (size > LARGEST || !canBeAsked(key)) continue;
    const object = await store.get(key);
    if (!object) continue;
    try {
      const value: unknown = JSON.parse(decodeText(object.body));
      if (value === null || typeof value !== 'object' || Array.isArray(value)) continue;
      for (const [name, each] of Object.entries(value as JsonObject))
        if (!isTranscript(value) || !TRANSCRIPT.includes(name)) found.details[name] ??= each;
    } catch {
      found.unread.push('json');
    }
  }
  return found;
}

/** What is known of one recording, by where it stands. */
export interface Known {
  details: JsonObject;
  row: { [column: string]: string };
  /** Of its name, by the pattern. */
  name: { [group: string]: string };
  unread: string[];
}

/**
 * A recording of a folder: what stands in the JSON file beside it comes first, then its row in `index.csv`, then its name. Where none of
 * them has a time, it began when the file was written last.
 */
export function described(id: string, { sound, modified }: Found, known: Known, zone: string | undefined): Recording {
  const { details, row, name } = known;
  const said = (field: string) => wordOf(details[field]) ?? wordOf(row[field]) ?? wordOf(name[field]);
  const unread = [...known.unread];
  const time = (field: string) => {
    const text = said(field);
    const at = text === undefined ? undefined : instantOf(text, zone);
    if (text !== undefined && at === undefined) unread.push(field);
    return at;
  };
  const ended = time('ended');
  const stated = time('started') ?? instantInName(sound.key.slice(sound.key.lastIndexOf('/') + 1), zone);
  const started = stated ?? new Date(sound.modified ?? modified).toISOString();
  const channels = channelsOf(details.channels ?? row.channels);
  if (channels === undefined && (details.channels ?? wordOf(row.channels)) !== undefined) unread.push('channels');
  return defined<Recording>({
    id,
    group: said('group'),
    from: said('from'),
    to: said('to'),
    started,
    ended: ended !== undefined && ended >= started ? ended : undefined,
    agent: said('agent'),
    direction: directionOf(said('direction')),
    channels,
    meeting: details.meeting === true || /^(?:true|yes|1)$/i.test(said('meeting') ?? '') ? true : undefined,
    bytes: sound.size,
    version: sound.etag,
    raw: {
      ...name,
      ...row,
      ...details,
      file: sound.key,
      ...(stated === undefined && { started_from: 'when the file was written' }),
      ...(unread.length > 0 && { unread }),
    },
  });
}

/** `{ "left": "agent", "right": "customer" }`, or two words, of the left channel and of the right one. */
function channelsOf(given: unknown): Recording['channels'] {
  const { left, right } = Object(given) as { left?: unknown; right?: unknown };
  const words =
    typeof given === 'string'
      ? given
          .toLowerCase()
          .split(/[^a-z]+/)
          .filter(isParty)
      : [left, right];
  const [first, second] = words;
  return isParty(first) && isParty(second) && first !== second ? { left: first, right: second } : undefined;
}

const isParty = (value: unknown): value is Party => value === 'agent' || value === 'customer';
