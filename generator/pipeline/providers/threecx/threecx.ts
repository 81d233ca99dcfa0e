import { z } from 'zod';
import { say } from '../../../lib/printable.ts';
import { PipelineError } from '../../errors.ts';
import type { Cursor, JsonObject, OpenContext, Recording, RecordingProvider } from '../../ports.ts';
import { AllowedHosts, readAccount } from '../account-secret.ts';
import { defined, directionOf, wordOf } from '../defined.ts';
import { DOWNLOAD_MS, SOUND_TYPES, soundOf } from '../download.ts';
import { below, jsonOf, type Server, serverOf } from '../http.ts';
import { secretNameOf } from '../secret-name.ts';
import { startOf } from '../start.ts';
import { instantOf } from '../times.ts';
import { openAccount } from '../token.ts';

const text = z.string().min(1);
const FIELDS = { base_url: text, client_id: text, client_secret: text, allowed_hosts: AllowedHosts };
const PAGE = 100;
const LIST_MS = 60_000;
/** Of a call's id, before the number that 3CX has for it. */
const PREFIX = '3cx-';

/** 3CX, version 20: its XAPI, with the id and the key of an API client. */
export async function openThreecx(
  context: OpenContext,
  { now = Date.now, wait }: { now?: () => number; wait?: Server['wait'] } = {},
): Promise<RecordingProvider> {
  const { provider } = context.config;
  const own = provider.kind === '3cx' ? provider : undefined;
  const name = secretNameOf({ kind: '3cx', secret: own?.secret }, context.org);
  const { base_url, client_id, client_secret, allowed_hosts } = await readAccount(context, name, FIELDS);
  const server = serverOf(name, base_url, allowed_hosts, wait);
  const form = { grant_type: 'client_credentials', client_id, client_secret };
  const account = openAccount(server, '/connect/token', form, name);
  return {
    name: '3cx',
    counts: true,
    async *list(since, signal) {
      let last = -1;
      let [read, count] = [0, 0];
      const first = firstOf(since, startOf(since, now(), own?.since));
      for (;;) {
        const url = below(server, '/xapi/v1/Recordings');
        const query = {
          $filter: last < 0 ? first : `${first} and Id gt ${last}`,
          $orderby: 'Id asc',
          $top: String(PAGE),
          ...(last < 0 && { $count: 'true' }),
        };
        url.search = new URLSearchParams(query).toString();
        const answer = await account.ask({ url, accept: 'application/json', limitMs: LIST_MS, signal }, jsonOf);
        const { value } = answer;
        if (!Array.isArray(value)) throw unlike(server);
        if (typeof answer['@odata.count'] === 'number') count = answer['@odata.count'];
        const before = last;
        for (const each of value) {
          const raw = Object(each) as JsonObject;
          if (typeof raw.Id !== 'number' || raw.Id <= last) throw unlike(server);
          last = raw.Id;
          read++;
          const recording = recordingOf(raw, provider.timeZone);
          if (recording) yield recording;
        }
        if (value.length === 0 || last === before) break;
      }
      if (read < count)
        throw new PipelineError('retry', [
          say`${server.base.host} lists ${read} of ${count} recordings. It is asked again later.`,
        ]);
    },
    download({ raw }, signal) {
      const url = below(server, `/xapi/v1/Recordings/Pbx.DownloadRecording(recId=${Number(raw.Id)})`);
      return account.ask({ url, accept: SOUND_TYPES, limitMs: DOWNLOAD_MS, isOne: true, signal }, soundOf);
    },
  };
}

/** Ids only grow, so a page begins behind the last one of the page before, whatever was removed meanwhile. */
const firstOf = (since: Cursor, start: number): string =>
  typeof since === 'object' && 'id' in since
    ? `Id gt ${Number(since.id.replace(PREFIX, ''))}`
    : `StartTime ge ${new Date(start).toISOString()}`;

/** @returns undefined while it is still being recorded */
function recordingOf(raw: JsonObject, zone: string | undefined): Recording | undefined {
  const ended = wordOf(raw.EndTime);
  if (ended === undefined) return undefined;
  const direction = directionOf(raw.CallType);
  return defined<Recording>({
    id: `${PREFIX}${raw.Id}`,
    from: wordOf(raw.FromCallerNumber) ?? wordOf(raw.FromDn),
    to: wordOf(raw.ToCallerNumber) ?? wordOf(raw.ToDn),
    started: instantOf(wordOf(raw.StartTime) ?? '', zone),
    ended: instantOf(ended, zone),
    agent: wordOf(direction === 'inbound' ? raw.ToDn : raw.FromDn),
    direction,
    raw,
  });
}

const unlike = ({ base }: Server): PipelineError =>
  new PipelineError('configuration', [
    say`${base.host} lists recordings in a form that is not known: value with a growing Id each is expected. Check that it is 3CX, version 20, and that its API client may read recordings.`,
  ]);
