import { setTimeout as wait } from 'node:timers/promises';
import { memberSession } from '../../../site/gate/testing/attack/identities.ts';
import { type Contender, headOf, ORGANIZATION } from './servers.ts';

/** What the gate is asked for, from what costs it least to what costs it most. */
export interface Kind {
  name: string;
  status: number;
  /** Whole requests, taken in turn. */
  heads(count: number): string[];
  /** So many and no more: each has a session of its own. */
  requests?: number;
}

export const KNOWN = 'a page, session known';
export const KNOWN_304 = '304, session known';
export const FIRST = 'a page, session seen for the first time';
export const NOBODY = 'no session: 401';
export const HEALTH = '`/healthz`';

/** As many sessions are signed before, which takes longer than asking. */
const SESSIONS = Number(process.env.CCI_SESSIONS ?? 4000);

/** Nobody comes twice. */
let person = 0;

export function kindsOf({ heads }: Contender, session: string[]): Kind[] {
  const always = (head: string) => () => [head];
  const forged = session.map((line) => line.replace(/.(?=.{20};)/, (one) => (one === 'A' ? 'B' : 'A')));
  return [
    { name: HEALTH, status: 200, heads: always(headOf('/healthz')) },
    { name: NOBODY, status: 401, heads: always(headOf('/')) },
    { name: 'no session: 303 to the sign-in', status: 303, heads: always(headOf('/', 'Sec-Fetch-Dest: document')) },
    { name: 'a forged session: 401', status: 401, heads: always(headOf('/', ...forged)) },
    { name: KNOWN_304, status: 304, heads: always(heads['304']) },
    { name: KNOWN, status: 200, heads: always(heads.identity) },
    {
      name: FIRST,
      status: 200,
      requests: SESSIONS,
      heads: (count) =>
        Array.from({ length: count }, () => headOf('/', ...memberSession(ORGANIZATION, `user_${person++}`))),
    },
  ];
}

/** Sessions are signed in the process that makes the load, in pieces, so that connections stay alive. */
export async function headsOf(kind: Kind, count: number): Promise<string[]> {
  if (kind.requests === undefined) return kind.heads(1);
  const heads: string[] = [];
  while (heads.length < count) {
    heads.push(...kind.heads(Math.min(100, count - heads.length)));
    await wait(0);
  }
  return heads;
}
