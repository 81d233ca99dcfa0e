import { setTimeout as wait } from 'node:timers/promises';
import { messageOf } from '../../../generator/lib/errors.ts';
import { type Printable, quoted, say } from '../../../generator/lib/printable.ts';
import { type Cookies, clerkNames, cookieHeader, HANDSHAKE, NONCE, readCookies } from './cookies.ts';

/** Longer than Clerk ever takes; a person is waiting. */
const LIMIT_MS = 5_000;

/** `Set-Cookie` headers. */
export type Directives = string[];

/** What a browser brings from a handshake. */
export type Handshake =
  /** To be exchanged at Clerk. */
  | { nonce: string }
  /** Clerk has signed them. */
  | { directives: Directives }
  /** Nothing that is to be used, and no other handshake is to follow; says why. */
  | { ended: Printable };

/**
 * Exchange the nonce that ends a handshake for the cookies of the renewed session. Clerk's SDK would do it by itself, but without
 * a limit of time, with a stack in the log, and so that a nonce which is none ends a session that is good.
 * @param ask Clerk, with the instance's secret key
 * @returns why it could not be had, or the cookies
 */
export async function exchangeNonce(
  ask: () => Promise<{ directives: unknown }>,
  limitMs: number = LIMIT_MS,
): Promise<Exclude<Handshake, { nonce: string }>> {
  const ended = new AbortController();
  try {
    const late = wait(limitMs, undefined, { signal: ended.signal }).then(() => {
      throw new Error(`no answer within ${limitMs / 1000} s`);
    });
    const { directives } = await Promise.race([ask(), late]);
    if (!areDirectives(directives)) throw new Error('an answer that cannot be read');
    return { directives };
  } catch (error) {
    return { ended: say`Clerk did not exchange a handshake: ${quoted(messageOf(error))}` };
  } finally {
    ended.abort();
  }
}

/** Whether Clerk's word on cookies can be read. */
export const areDirectives = (value: unknown): value is Directives =>
  Array.isArray(value) &&
  value.every((text: unknown) => typeof text === 'string' && /^[^=;\s]+=[\t\x20-\x7e]*$/.test(text));

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
  // One handshake does not bring another.
  for (const name of [HANDSHAKE, NONCE]) cookies.delete(name);
  return cookieHeader(cookies);
}

function isPast(attributes: string[], now: number): boolean {
  const of = (name: string) =>
    attributes.map((each) => each.trim().split('=')).find(([each]) => each?.toLowerCase() === name)?.[1];
  const age = of('max-age');
  return age !== undefined ? Number(age) <= 0 : Date.parse(of('expires') ?? '') <= now;
}
