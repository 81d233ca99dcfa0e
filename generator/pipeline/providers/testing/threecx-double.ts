import type { JsonObject } from '../../ports.ts';
import { type ProviderServer, providerServer, wavOf } from './server.ts';

/** Our reading of 3CX's XAPI, for tests: recordings by growing ids. */
export interface ThreecxDouble extends ProviderServer {
  recordings: JsonObject[];
  tokens: Set<string>;
  secret: JsonObject;
}

export async function threecxDouble(): Promise<ThreecxDouble> {
  const [recordings, tokens]: [JsonObject[], Set<string>] = [[], new Set()];
  const secret: JsonObject = { client_id: '900', client_secret: 'client-hunter2' };
  const server = await providerServer(({ url, method, authorization, body }, isFaulty) => {
    if (method === 'POST' && url === '/connect/token') return { of: 'token', answer: () => token(body) };
    const id = /^\/xapi\/v1\/Recordings\/Pbx\.DownloadRecording\(recId=(\d+)\)$/.exec(url)?.[1];
    const of = id === undefined ? 'list' : 'sound';
    if (!tokens.has(authorization?.replace(/^Bearer /, '') ?? ''))
      return { of, answer: () => ({ json: {}, status: 401 }) };
    return { of, answer: () => (id === undefined ? list(url, isFaulty('short'), isFaulty('same')) : sound(id)) };
  });

  function token(body: string) {
    const { grant_type, client_id, client_secret } = Object.fromEntries(new URLSearchParams(body));
    if (grant_type !== 'client_credentials' || client_id !== secret.client_id || client_secret !== secret.client_secret)
      return { json: { error: 'invalid_client', sent: body }, status: 400 };
    const access_token = `token-hunter2-${tokens.size + 1}`;
    tokens.add(access_token);
    return { json: { access_token, expires_in: 60 } };
  }

  function list(url: string, isShort: boolean, isSame: boolean) {
    const filter = /\$filter=([^&]*)/.exec(url)?.[1] ?? '';
    const after = isSame ? -1 : Math.max(-1, ...[...filter.matchAll(/Id gt (\d+)/g)].map(([, id]) => Number(id)));
    const since = /StartTime ge (\S+)/.exec(filter)?.[1] ?? '';
    const all = recordings.filter((each) => String(each.StartTime) >= since && Number(each.Id) > after);
    const page = all.slice(0, 3);
    if (isShort) page.length = 0;
    return { json: { ...(/\$count=true/.test(url) && { '@odata.count': all.length }), value: page } };
  }

  function sound(id: string) {
    const known = recordings.some((each) => each.Id === Number(id));
    return known ? { sound: wavOf(id), type: 'audio/x-wav' } : { json: { error: { code: '400' } }, status: 400 };
  }

  return Object.assign(server, { recordings, tokens, secret: Object.assign(secret, { base_url: server.base }) });
}
