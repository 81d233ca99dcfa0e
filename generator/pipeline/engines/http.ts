import type { IncomingMessage } from 'node:http';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { joined } from '../../lib/bytes.ts';
import { say } from '../../lib/printable.ts';
import { collect } from '../../store/ranges.ts';
import { PipelineError } from '../errors.ts';
import type { JsonObject, OpenContext } from '../ports.ts';
import { atMost, isLoopback, retryAfter } from '../server.ts';
import { nameOf } from './aws-errors.ts';

/** A server that speaks as OpenAI's does. */
export interface ModelServer {
  /** Of `/v1`. */
  base: string; // e.g., "http://127.0.0.1:11434/v1"
  host: string;
  key?: string;
}

export interface Answer {
  status: number;
  text: string;
  /** Milliseconds, where the server asks for a pause. */
  waitMs?: number;
}

/** Of one answer, in bytes. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * The server that a configuration names.
 * @throws {PipelineError} configuration, where its key would be sent in the clear to another machine, or the secret has none
 */
export async function modelServer(
  { url, secret }: { url: string; secret?: string | undefined },
  setting: string,
  context: Pick<OpenContext, 'secret'>,
): Promise<ModelServer> {
  const at = new URL(url);
  if (!['http:', 'https:'].includes(at.protocol) || at.username || at.search || at.hash)
    throw wrong(`"${setting}.url" must be an address such as https://models.example.com or http://127.0.0.1:8081`);
  const base = `${at.origin}${at.pathname.replace(/\/$/, '').replace(/\/v1$/, '')}/v1`;
  const server = { base, host: at.host };
  if (secret === undefined) return server;
  // An account of a provider has no business with the server of a model.
  if (/^cci-lite\/(?:oak|3cx)(?:\/|$)/.test(secret))
    throw wrong(
      `"${setting}.secret" names the secret of a provider; name one of its own, such as cci-lite/models/acme`,
    );
  if (at.protocol === 'http:' && !isLoopback(at))
    throw wrong(`"${setting}.url" must begin with https, as a key is sent there`);
  const { key } = await context.secret(secret);
  if (typeof key !== 'string' || key.trim() === '') throw wrong(`the secret ${secret} has no "key"`);
  return { ...server, key: key.trim() };
}

const wrong = (what: string): PipelineError =>
  new PipelineError('configuration', [say`pipeline-config.json: ${what}.`]);

/**
 * Send a body and read the whole answer. No redirect is followed: the key is for one server. A model on a small machine may take many minutes, so
 * the one limit is that of the whole request.
 * @param longestMs of the request and its answer
 * @throws {PipelineError} retry, where no whole answer came
 */
export async function post(
  { base, host, key }: ModelServer,
  path: string,
  { body, type }: { body: Uint8Array | string; type: string },
  signal: AbortSignal,
  longestMs: number,
): Promise<Answer> {
  signal.throwIfAborted();
  const url = new URL(`${base}${path}`);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(longestMs)]);
  const headers = {
    accept: 'application/json',
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    ...(key !== undefined && { authorization: `Bearer ${key}` }),
  };
  try {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const send = url.protocol === 'https:' ? tlsRequest : plainRequest;
      send(url, { method: 'POST', headers, signal: limit, agent: false }, resolve).on('error', reject).end(body);
    });
    const waitMs = retryAfter(answer.headers['retry-after']);
    const text = new TextDecoder().decode(joined(await collect(atMost(answer, MOST_BYTES, tooLong))));
    return { status: answer.statusCode ?? 0, text, ...(waitMs !== undefined && { waitMs }) };
  } catch (error) {
    signal.throwIfAborted();
    const why = limit.aborted ? say`no answer came in time` : say`${nameOf(error)}`;
    throw new PipelineError('retry', [say`${host} could not be asked: ${why}. Check that the server runs.`], {
      cause: error,
    });
  }
}

const tooLong = (): Error => Object.assign(new Error('the answer is too long'), { code: 'ANSWER_TOO_LONG' });

/** What a server says of a request that it refuses: its code and its words, for telling causes apart; they are not shown whole. */
export function refusalOf({ text }: Answer): { code: string; message: string } {
  try {
    const { error, message } = JSON.parse(text) as { error?: JsonObject | string; message?: string };
    if (typeof error === 'string') return { code: '', message: error };
    return { code: String(error?.code ?? error?.type ?? ''), message: String(error?.message ?? message ?? '') };
  } catch {
    return { code: '', message: '' };
  }
}

/**
 * What a status other than 200 means.
 * @param task what was wanted, such as "judge a call"
 * @param setting where the address and the model stand in pipeline-config.json
 * @param secret what was sent of a call: the server's words are left out where they repeat some of it
 */
export function refused(
  { host }: ModelServer,
  answer: Answer,
  task: string,
  setting: string,
  secret = '',
): PipelineError {
  const { status, waitMs } = answer;
  const { code, message } = refusalOf(answer);
  const shown = say`HTTP ${status}${code && `, ${code}`}`;
  const fail = (kind: 'retry' | 'configuration', todo: string): PipelineError =>
    new PipelineError(kind, [say`${host} did not ${task} (${shown}). ${todo}`], { waitMs });
  if (code === 'insufficient_quota') return fail('configuration', 'Its account has no money or quota left.');
  if (status === 408 || status === 425 || status === 429 || status >= 500)
    return fail('retry', 'It is busy or failing; it is asked again later.');
  if (status === 401 || status === 403)
    return fail('configuration', `Check "${setting}.secret" in pipeline-config.json and the "key" in it.`);
  if (status >= 300 && status < 400)
    return fail('configuration', `It sends requests elsewhere: write the right address as "${setting}.url".`);
  if (status === 404)
    return fail('configuration', `Check "${setting}.url" and "${setting}.model": it has no such address or model.`);
  const why = message.trim() && !repeats(message, secret) ? `It says: ${message.trim().slice(0, 200)}. ` : '';
  return fail('configuration', `${why}Check "${setting}" in pipeline-config.json.`);
}

/** Words in a row that say where they come from. */
const IN_A_ROW = 3;

function repeats(message: string, secret: string): boolean {
  const words = message.split(/\s+/);
  return words.some(
    (_, at) => at + IN_A_ROW <= words.length && secret.includes(words.slice(at, at + IN_A_ROW).join(' ')),
  );
}
