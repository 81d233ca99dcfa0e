import type { FilterableCall } from '#shared/filter/match.ts';
import { ReaderError } from '../browser/reader-error.ts';

/** Calls of each verdict in a sample. */
export const EACH = 5;

type Candidate = Pick<FilterableCall, 'failed' | 'passed'> & { row: { id: string; path: string } };

/**
 * Calls to judge a rule by: five that the report passed and five that it failed, fewer where there are not so many. Of each verdict those whose
 * SHA-256 of rule and call is lowest, and all of them in that order: everybody gets the same ones, and their order says nothing of the verdict.
 * @param rule identity
 * @throws {ReaderError} where the browser has no SHA-256, since the site is neither on https nor on this machine
 */
export async function sampleOf<Each extends Candidate>(calls: readonly Each[], rule: string): Promise<Each[]> {
  const judged = calls.filter(({ failed, passed }) => failed.includes(rule) || passed.includes(rule));
  const hashed = await Promise.all(judged.map(async (call) => ({ call, hash: await hashOf(rule, call.row.id) })));
  hashed.sort((a, b) => compare(a.hash, b.hash) || compare(a.call.row.path, b.call.row.path));
  const left = { failed: EACH, passed: EACH };
  return hashed.flatMap(({ call }) => (left[call.failed.includes(rule) ? 'failed' : 'passed']-- > 0 ? [call] : []));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** In hex. */
async function hashOf(rule: string, id: string): Promise<string> {
  const { subtle } = globalThis.crypto;
  if (!subtle) throw new ReaderError('A sample can be drawn only where the reports are served over https');
  const hash = await subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify([rule, id])));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
