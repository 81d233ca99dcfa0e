import { printError } from '../../../generator/lib/console.ts';
import { messageOf } from '../../../generator/lib/errors.ts';
import { say } from '../../../generator/lib/printable.ts';
import type { Tenant } from '../auth/tenant.ts';
import { ticketsOf } from '../auth/ticket.ts';
import type { Recording } from '../content/recordings.ts';
import { json, type Reply } from '../http/reply.ts';
import { pathOf, queryOf, sitePath } from '../http/target.ts';
import { answerWith } from '../notices/notice.ts';
import { recordingGone, recordingUnavailable } from '../notices/notices.ts';
import type { Answering, Asked } from './asked.ts';
import { noteView } from './note-view.ts';
import { soundAnswer } from './sound.ts';

/** How long an address of a recording is good for. Whoever listens longer gets another one. */
const SECONDS = 300;

/** Below the page of a call: where its recording is, for a script; and the recording, for a person, or with a ticket for a player. */
const RECORDING = /^(\/calls\/[^/]+\/)audio(\.json)?$/;

const ADDRESS_HEADERS = { 'cache-control': 'no-store' };

/**
 * The recording of a call of the session's organization: its address, which is outside the gate or has a ticket, or its bytes.
 * @returns undefined where the site has no such page, or no recording of it may be heard: then nobody has asked the store of
 *   recordings anything, and the answer is that of any page that is not there
 * @throws where the reports store fails
 */
export async function recordingAnswer(gate: Answering, tenant: Tenant, asked: Asked): Promise<Reply | undefined> {
  const [, page, isData] = RECORDING.exec(sitePath(gate.target) ?? '') ?? [];
  if (page === undefined) return undefined;
  // Of the current build, whichever the page is of: what has been deleted or switched off since is not heard any more.
  const found = await gate.sites.find(tenant.organization, page);
  if (typeof found === 'string' || found.file.recording === undefined) return undefined;
  const id = found.file.recording;
  const query = queryOf(gate.target);
  const ticket = isData === undefined ? query.get('t') : null;
  if (ticket !== null) return soundAnswer(gate, tenant, { id, ticket, isSaved: query.has('save') }, asked);
  const address = await addressOf(gate, tenant, { id, page, isSaved: query.has('save') });
  if (isData !== undefined) return json(200, address);
  if ('url' in address) return { status: 303, headers: { ...ADDRESS_HEADERS, location: address.url } };
  const notice = 'gone' in address ? recordingGone(page) : recordingUnavailable(page, address.failed);
  return answerWith(notice, asked.headers, asked.addresses);
}

/** What a page's script is told. */
type Address = { url: string; type: string; expires: string } | { gone: string } | { failed: string };

const GONE = 'The recording is no longer kept.';
const FAILED =
  'The recording cannot be opened at present. Try again in a minute; if that does not help, ask your administrator.';
const NOT_SET_UP = 'Recordings cannot be opened here yet. Ask your administrator.';
const NO_STORE = say`gate: a site lets its readers hear recordings, but CCI_INPUT_URL is not set, so the gate has none.`;

interface Wanted {
  /** Of the call. */
  id: string;
  /** Site path of its page. */
  page: string;
  /** It is to be saved, not played. */
  isSaved: boolean;
}

async function addressOf(gate: Answering, tenant: Tenant, wanted: Wanted): Promise<Address> {
  const { recordings, line } = gate;
  if (recordings === undefined) {
    gate.noteOnce(NO_STORE);
    return { failed: NOT_SET_UP };
  }
  try {
    const recording = await recordings.find(tenant.organization, wanted.id);
    if (recording === undefined) return { gone: GONE };
    const disposition = dispositionOf(wanted, recording);
    const until = Date.now() + SECONDS * 1000;
    const url = await recordings.share(recording, { seconds: SECONDS, disposition });
    noteView(gate, tenant, { path: wanted.page, event: 'recording' });
    return {
      url: url ?? ticketed(gate, tenant, wanted, { recording, until }),
      type: recording.type,
      expires: new Date(until).toISOString(),
    };
  } catch (error) {
    printError(say`gate: ${line.path}: ${messageOf(error)}`);
    return { failed: FAILED };
  }
}

/** By what the page is called: the true id may hold a number that is masked. */
const dispositionOf = ({ page, isSaved }: Wanted, { ending }: Recording): string =>
  `${isSaved ? 'attachment' : 'inline'}; filename="${page.split('/')[2]}.${ending}"`;

function ticketed(
  { settings, target }: Answering,
  { organization, user }: Tenant,
  { isSaved }: Wanted,
  { recording, until }: { recording: Recording; until: number },
): string {
  const { key, ending } = recording;
  const ticket = ticketsOf(settings.secretKey).make({ organization, user: user.id, key }, until);
  return `${pathOf(target).replace(/\.json$/, '')}?t=${ending}-${ticket}${isSaved ? '&save' : ''}`;
}
