import { z } from 'zod';
import type { OpenContext, Recording, RecordingProvider } from '../../ports.ts';
import { AllowedHosts, readAccount } from '../account-secret.ts';
import { DOWNLOAD_MS, SOUND_TYPES, soundOf } from '../download.ts';
import { below, type Server, serverOf } from '../http.ts';
import { secretNameOf } from '../secret-name.ts';
import { startOf } from '../start.ts';
import { openAccount } from '../token.ts';
import { pagesOf } from './pages.ts';
import { recordingOf } from './recording.ts';

const text = z.string().min(1);
/** What the secret of an organization holds. The paths have `{start}`, `{end}` and `{id}` where these are to stand. */
const FIELDS = {
  base_url: text,
  client_id: text,
  client_secret: text,
  username: text,
  password: text,
  token_path: text,
  recordings_path: text,
  recording_download_path: text,
  allowed_hosts: AllowedHosts,
};

/** Days of one listing: what is read of it at once stays small. */
const WINDOW_MS = 24 * 60 * 60_000;

/** ClarifyGo, the call recorder of OAK Innovation: recordings by the time at which they were complete. Nothing is ever deleted there. */
export async function openOak(
  context: OpenContext,
  { now = Date.now, wait }: { now?: () => number; wait?: Server['wait'] } = {},
): Promise<RecordingProvider> {
  const { provider } = context.config;
  const own = provider.kind === 'oak' ? provider : undefined;
  const name = secretNameOf({ kind: 'oak', secret: own?.secret }, context.org);
  const secret = await readAccount(context, name, FIELDS);
  const server = serverOf(name, secret.base_url, secret.allowed_hosts, wait);
  const { client_id, client_secret, username, password } = secret;
  const account = openAccount(
    server,
    secret.token_path,
    { grant_type: 'password', username, password, client_id, client_secret },
    name,
  );
  return {
    name: 'oak',
    async *list(since, signal) {
      const end = now();
      for (let from = startOf(since, end, own?.since); from < end; from += WINDOW_MS) {
        const window = { start: from, end: Math.min(from + WINDOW_MS, end) };
        const found = (await pagesOf(account, server, secret.recordings_path, window, signal)).flatMap(
          (each) => recordingOf(each, provider.timeZone) ?? [],
        );
        yield* found.sort(byStart);
      }
    },
    download({ raw }, signal) {
      const path = secret.recording_download_path.replaceAll('{id}', encodeURIComponent(String(raw.id)));
      return account.ask(
        { url: below(server, path), accept: SOUND_TYPES, limitMs: DOWNLOAD_MS, isOne: true, signal },
        soundOf,
      );
    },
  };
}

const byStart = (a: Recording, b: Recording): number =>
  (a.started ?? '') < (b.started ?? '') ? -1 : (a.started ?? '') > (b.started ?? '') ? 1 : 0;
