import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { createClerkClient } from '@clerk/astro/server';
import { messageOf, UserError } from '../../../generator/lib/errors.ts';
import { quoted, say } from '../../../generator/lib/printable.ts';

/** Whoever starts a gate is waiting. */
const LIMIT_MS = 10_000;
/** The current key, and the one before it while keys change. */
const MOST = 2;

/**
 * The public keys of an instance, as Clerk's API gives them to whoever has its secret key. Only for development mode: in production
 * they are a setting, so that nobody who answers in Clerk's place at a start can put another key there.
 * @param apiUrl Clerk's backend API, where it is not Clerk's own
 * @returns in PEM, at least one
 * @throws {UserError} where Clerk does not give them
 */
export async function instanceKeys({ secretKey, apiUrl }: { secretKey: string; apiUrl?: string }): Promise<string[]> {
  const ended = new AbortController();
  try {
    const late = wait(LIMIT_MS, undefined, { signal: ended.signal }).then(() => {
      throw new Error(`no answer within ${LIMIT_MS / 1000} s`);
    });
    const { keys = [] } = await Promise.race([createClerkClient({ secretKey, apiUrl }).jwks.getJwks(), late]);
    const pems = keys.slice(0, MOST).map((key) => pemOf(key as unknown as JsonWebKey));
    if (pems.length === 0) throw new Error('an answer without a key');
    return pems;
  } catch (error) {
    throw new UserError([
      say`Clerk did not give the public key of the instance: ${quoted(messageOf(error))}. Is CLERK_SECRET_KEY that of the same development instance, and can this machine reach api.clerk.com? Or copy the PEM public key from the API keys page of Clerk’s dashboard into CCI_CLERK_JWT_KEY.`,
    ]);
  } finally {
    ended.abort();
  }
}

const pemOf = (key: JsonWebKey): string =>
  createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
