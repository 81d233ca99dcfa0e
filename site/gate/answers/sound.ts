import { printError } from '../../../generator/lib/console.ts';
import { messageOf } from '../../../generator/lib/errors.ts';
import { say } from '../../../generator/lib/printable.ts';
import type { ByteRange, StoredObject } from '../../../generator/store/store.ts';
import type { Tenant } from '../auth/tenant.ts';
import { ticketsOf } from '../auth/ticket.ts';
import { type Recording, type Recordings, recordingOf } from '../content/recordings.ts';
import { SOUND_CSP } from '../http/headers.ts';
import { rangeOf } from '../http/range.ts';
import { json, type Reply } from '../http/reply.ts';
import type { Answering, Asked } from './asked.ts';

/** Bytes of one answer to a range: AWS Lambda returns no more than a few MB, and a player asks again. */
const MOST = 1024 * 1024;

/** "mp3-kx1f2a-3fe1…": the ending of the recording's key, then the ticket. */
const TICKET = /^([a-z0-9]{2,4})-(.+)$/;

/**
 * The bytes of a recording, or some of them, for whoever has a ticket for it beside a session: 403 to all others.
 * The id is from the organization's manifest, so what a ticket says is only which of its recordings it is for.
 */
export async function soundAnswer(
  { settings, recordings, line }: Answering,
  { organization, user }: Tenant,
  { id, ticket, isSaved }: { id: string; ticket: string; isSaved: boolean },
  { method, headers }: Asked,
): Promise<Reply> {
  const [, ending = '', signed = ''] = TICKET.exec(ticket) ?? [];
  const recording = recordingOf(organization, id, ending);
  const admitted = { organization, user: user.id, key: recording.key };
  if (recordings === undefined || !ticketsOf(settings.secretKey).accepts(signed, admitted))
    return json(403, { error: 'refused' });
  try {
    const reply = await bytesOf(recordings, recording, headers.get('range'), method === 'HEAD');
    if (reply === undefined) return json(404, { error: 'gone' });
    const disposition = `${isSaved ? 'attachment' : 'inline'}; filename="recording.${ending}"`;
    return { ...reply, headers: { ...reply.headers, ...HEADERS, 'content-disposition': disposition } };
  } catch (error) {
    printError(say`gate: ${line.path}: ${messageOf(error)}`);
    return json(503, { error: 'unavailable' });
  }
}

const HEADERS = {
  'cache-control': 'private, no-store',
  'accept-ranges': 'bytes',
  'content-security-policy': SOUND_CSP,
};

/** @returns undefined where it has gone meanwhile */
async function bytesOf(
  recordings: Recordings,
  recording: Recording,
  range: string | null,
  isHead: boolean,
): Promise<Reply | undefined> {
  const guess = isHead ? { start: 0, end: 1 } : likely(range);
  const first = await recordings.read(recording, guess);
  if (first === undefined) return undefined;
  const { size, etag } = first;
  const type = { 'content-type': recording.type };
  const asked = isHead ? 'all' : rangeOf(range, size, MOST);
  if (asked === 'beyond the end') return { status: 416, headers: { ...type, 'content-range': `bytes */${size}` } };
  if (asked === 'all') {
    const headers = { ...type, 'content-length': String(size) };
    if (isHead) return { status: 200, headers };
    return { status: 200, headers, body: size <= MOST ? first.body : wholeOf(recordings, recording, first) };
  }
  const { start, end } = asked;
  const { body } =
    start === guess.start ? first : ((await recordings.read(recording, asked, etag)) ?? { body: undefined });
  if (body === undefined) return undefined;
  const some = body.subarray(0, end - start);
  const last = start + some.byteLength - 1;
  return { status: 206, headers: { ...type, 'content-range': `bytes ${start}-${last}/${size}` }, body: some };
}

/** What a range is about before it is known how many bytes there are: with a start, as it says. */
function likely(range: string | null): ByteRange {
  const asked = rangeOf(range, Number.POSITIVE_INFINITY, MOST);
  return typeof asked === 'object' && Number.isSafeInteger(asked.end) ? asked : { start: 0, end: MOST };
}

/** Piece by piece: few bytes of it are held at a time. @throws where it is another one meanwhile, so that nobody takes a part for the whole */
async function* wholeOf(
  recordings: Recordings,
  recording: Recording,
  { size, etag, body }: StoredObject,
): AsyncGenerator<Uint8Array> {
  yield body;
  for (let start = body.byteLength; start < size; start += MOST) {
    const next = await recordings.read(recording, { start, end: Math.min(size, start + MOST) }, etag);
    if (!next || next.body.byteLength === 0) throw new Error('the recording has gone');
    yield next.body;
  }
}
