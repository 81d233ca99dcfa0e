import { setTimeout as wait } from 'node:timers/promises';
import { printError } from '../../../generator/lib/console.ts';
import { messageOf } from '../../../generator/lib/errors.ts';
import { quoted, say } from '../../../generator/lib/printable.ts';
import { type Cookies, clerkNames, cookieHeader, readCookies } from './cookies.ts';

/** Longer than Clerk ever takes; a person is waiting. */
const LIMIT_MS = 5_000;

/** `Set-Cookie` headers. */
export type Directives = string[];

/**
 * Exchange the nonce that ends a handshake for the cookies of the renewed session. Clerk's SDK would do it by itself, but without
 * a limit of time, with a stack in the log, and so that a nonce which is none ends a session that is good.
 * @param ask Clerk, with the instance's secret key
 * @returns undefined where it could not be had, of which a line is left in the log
 */
export async function exchangeNonce(
  ask: () => Promise<{ directives: unknown }>,
  limitMs: number = LIMIT_MS,
): Promise<Directives | undefined> {
  const ended = new AbortController();
  try {
    const late = wait(limitMs, undefined, { signal: ended.signal }).then(() => {
      throw new Error(`no answer within ${limitMs / 1000} s`);
    });
    const { directives } = await Promise.race([ask(), late]);
    if (!Array.isArray(directives) || !directives.every(isDirective)) throw new Error('an answer that cannot be read');
    return directives;
  } catch (error) {
    printError(say`gate: Clerk did not exchange a handshake: ${quoted(messageOf(error))}`);
    return undefined;
  } finally {
    ended.abort();
  }
}

const isDirective = (text: unknown): text is string =>
  typeof text === 'string' && /^[^=;\s]+=[\t\x20-\x7e]*$/.test(text);

/** The cookies of a request as a browser would send them after these directives. @returns a `Cookie` header */
export function cookiesAfter(
  header: string | null,
  directives: Directives,
  { publishableKey, now }: { publishableKey: string; now: number },
): string {
  const names = clerkNames(publishableKey);
  const cookies: Cookies = readCookies(header ?? undefined, names);
  for (const directive of directives) {
    const [pair = '', ...attributes] = directive.split(';');
    const [[name, value] = []] = readCookies(pair, names);
    if (name === undefined || value === undefined) continue;
    if (value === '' || isPast(attributes, now)) cookies.delete(name);
    else cookies.set(name, value);
  }
  return cookieHeader(cookies);
}

function isPast(attributes: string[], now: number): boolean {
  const of = (name: string) =>
    attributes.map((each) => each.trim().split('=')).find(([each]) => each?.toLowerCase() === name)?.[1];
  const age = of('max-age');
  return age !== undefined ? Number(age) <= 0 : Date.parse(of('expires') ?? '') <= now;
}
