import type { JsonObject } from '../../ports.ts';
import { type ProviderServer, providerServer, wavOf } from './server.ts';

/** Our reading of ClarifyGo's interface, for tests: one account in this process. */
export interface OakDouble extends ProviderServer {
  recordings: JsonObject[];
  /** Tokens that it takes; one that it has given. */
  tokens: Set<string>;
  secret: JsonObject;
  /** The sound of a recording; absent: a tenth of a second of silence. */
  soundOf: (id: string) => Uint8Array;
}

export async function oakDouble(): Promise<OakDouble> {
  const [recordings, tokens]: [JsonObject[], Set<string>] = [[], new Set()];
  const secret: JsonObject = {
    client_id: 'reports',
    client_secret: 'client-hunter2',
    username: 'robot',
    password: 'robot-hunter2',
    token_path: '/connect/token',
    recordings_path: '/API/v1.0/historicrecordings/{start}/{end}',
    recording_download_path: '/API/v1.0/historicrecordings/{id}/Wav',
  };
  const server = await providerServer(({ url, method, authorization, body }, isFaulty) => {
    if (method === 'POST' && url === secret.token_path) return { of: 'token', answer: () => token(body) };
    const of = /\/Wav$/.test(url) ? 'sound' : 'list';
    if (!tokens.has(authorization?.replace(/^Bearer /, '') ?? ''))
      return { of, answer: () => ({ json: { message: 'who are you' }, status: 401 }) };
    return { of, answer: () => (of === 'sound' ? sound(url) : list(url, isFaulty('short'), isFaulty('same'))) };
  });

  function token(body: string) {
    const form = Object.fromEntries(new URLSearchParams(body));
    const { client_id, client_secret, username, password } = secret;
    const wanted = { grant_type: 'password', client_id, client_secret, username, password };
    if (Object.entries(wanted).some(([name, value]) => form[name] !== value))
      return { json: { error: 'invalid_grant', sent: body }, status: 400 };
    const access_token = `token-hunter2-${tokens.size + 1}`;
    tokens.add(access_token);
    return { json: { access_token, token_type: 'Bearer', expires_in: 3600 } };
  }

  function list(url: string, isShort: boolean, isSame: boolean) {
    const { pathname, searchParams } = new URL(url, server.base);
    const [start = '', end = ''] = decodeURIComponent(pathname).split('/').slice(-2);
    const [from, to] = [Date.parse(start), Date.parse(end)];
    // Without a zone it is UTC, wherever this runs.
    const at = (each: JsonObject) => Date.parse(String(each.mediaCompletedTime).replace(/\d$/, '$&Z'));
    const all = recordings.filter((each) => at(each) >= from && at(each) <= to);
    const first = isSame ? 0 : Number(searchParams.get('firstResultIndex') ?? 0);
    // Its own limit is lower than what is asked for.
    const page = all.slice(first, first + Math.min(3, Number(searchParams.get('maxResults') ?? 3)));
    if (isShort) page.pop();
    return { json: { totalResults: all.length, searchResults: page.map((recording) => ({ recording })) } };
  }

  function sound(url: string) {
    const id = url.slice('/API/v1.0/historicrecordings/'.length, -'/Wav'.length);
    const known = recordings.some((each) => String(each.id) === id);
    return known ? { sound: double.soundOf(id), type: 'audio/wav' } : { json: {}, status: 404 };
  }

  Object.assign(secret, { base_url: server.base });
  const double: OakDouble = Object.assign(server, { recordings, tokens, secret, soundOf: wavOf });
  return double;
}
