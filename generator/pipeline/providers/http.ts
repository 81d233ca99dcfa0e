import { setTimeout as pause } from 'node:timers/promises';
import { type Printable, say } from '../../lib/printable.ts';
import { PipelineError } from '../errors.ts';
import type { JsonObject } from '../ports.ts';
import { isLoopback } from '../server.ts';
import { bodyOf } from './body.ts';
import { refusal, unreachable } from './refusals.ts';

/** A provider's server, and whom it may send us to. */
export interface Server {
  /** Of its address; whatever is asked is below it. */
  base: URL;
  /** Host names, with the port where it is not 443, that a redirect may lead to beside its own. */
  hosts: readonly string[];
  /** Before the next try, in milliseconds; tests do not wait. */
  wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

export interface Ask {
  url: URL;
  /** Absent: GET. */
  form?: URLSearchParams;
  /** The sound of one recording is asked for: what is refused, is refused of it alone. */
  isOne?: true;
  /** Goes to the server itself and to nobody else. */
  bearer?: string;
  accept: string;
  /** The whole answer, its body included, in milliseconds. */
  limitMs: number;
  signal: AbortSignal;
}

const TRIES = 4;
const REDIRECTS = 5;
const FIRST_PAUSE_MS = 500;
/** Whoever asks for a longer pause is asked again by a later run. */
const LONGEST_PAUSE_MS = 30_000;
/**
 * Ask, and wait and ask again where the server is busy or fails.
 * @param read what is made of an answer that says 2xx; may throw `retry` to be asked again
 * @throws {PipelineError} `retry` with the pause that the server asks for, `configuration` where it refuses, `poison` where it says that there is nothing any more
 */
export async function asked<Of>(server: Server, ask: Ask, read: (answer: Response) => Promise<Of>): Promise<Of> {
  const wait = server.wait ?? ((ms, signal) => pause(ms, undefined, { signal }));
  for (let tries = 1; ; tries++)
    try {
      const limited = { ...ask, signal: AbortSignal.any([ask.signal, AbortSignal.timeout(ask.limitMs)]) };
      return await read(await answerOf(server, limited));
    } catch (error) {
      ask.signal.throwIfAborted();
      const failure = error instanceof PipelineError ? error : unreachable(server.base.host, error);
      if (failure.kind !== 'retry' || tries === TRIES) throw failure;
      const ms = failure.waitMs ?? FIRST_PAUSE_MS * 2 ** (tries - 1) * (0.5 + Math.random() / 2);
      if (ms > LONGEST_PAUSE_MS) throw failure;
      await wait(ms, ask.signal);
    }
}

/** @throws {Unauthorized} on 401 */
async function answerOf(server: Server, { url, form, bearer, accept, isOne, signal }: Ask): Promise<Response> {
  let at = url;
  for (let redirects = 0; redirects <= REDIRECTS; redirects++) {
    const isOwn = at.origin === server.base.origin;
    const answer = await fetch(at, {
      method: form ? 'POST' : 'GET',
      headers: { accept, 'accept-encoding': 'identity', ...(bearer && isOwn && { authorization: `Bearer ${bearer}` }) },
      ...(form && { body: form }),
      redirect: 'manual',
      signal,
    });
    if (answer.ok) return answer;
    await answer.body?.cancel();
    const location = answer.headers.get('location');
    if (answer.status < 300 || answer.status >= 400 || location === null)
      throw refusal(at.host, answer, isOne === true);
    if (form) throw configuration(server, say`sends a request for a token elsewhere: correct token_path`);
    at = allowed(server, URL.parse(location, at));
  }
  throw new PipelineError('retry', [say`${server.base.host} redirects more than ${REDIRECTS} times.`]);
}

/** @throws {PipelineError} `configuration` where a redirect leads to somebody that nobody has allowed */
function allowed(server: Server, to: URL | null): URL {
  const isSafe = to?.protocol === 'https:' || (to?.protocol === 'http:' && isLoopback(to) && isLoopback(server.base));
  if (!to || !isSafe) throw configuration(server, say`redirects to an address without https, which is not followed`);
  if (to.host !== server.base.host && !server.hosts.includes(to.host))
    throw configuration(
      server,
      say`redirects to another host, ${to.host}: if it is right, add it to "allowed_hosts" of the secret`,
    );
  return to;
}

const configuration = ({ base }: Server, what: Printable): PipelineError =>
  new PipelineError('configuration', [say`${base.host} ${what}.`]);

/**
 * The address of a provider as its secret has it.
 * @throws {PipelineError} `configuration` unless it begins with https; on this machine http will do
 */
export function serverOf(secret: string, base: string, hosts: readonly string[], wait?: Server['wait']): Server {
  const url = URL.parse(base);
  if (
    !url ||
    (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) ||
    url.username ||
    url.search
  )
    throw new PipelineError('configuration', [
      say`base_url of ${secret} must be an address such as https://recorder.example.com.`,
    ]);
  return { base: url, hosts, ...(wait && { wait }) };
}

/** An address below the server's own. @param path as the secret has it, perhaps with a query */
export const below = ({ base }: Server, path: string): URL =>
  new URL(`${base.href.replace(/\/$/, '')}/${path.replace(/^\//, '')}`);

/** Bytes of one answer that is JSON. */
const MOST_JSON = 32 * 1024 * 1024;

/** @throws {PipelineError} `retry` where an answer is no JSON object: a page of a proxy, say */
export async function jsonOf(answer: Response): Promise<JsonObject> {
  const text = new TextDecoder().decode(await bodyOf(answer, MOST_JSON, () => noJson(answer)));
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Said below, without a word of it.
  }
  throw noJson(answer);
}

const noJson = ({ url }: Response): PipelineError =>
  new PipelineError('retry', [
    say`${new URL(url).host} answers with something else than a JSON object. Check the paths of the secret.`,
  ]);
