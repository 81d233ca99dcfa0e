import { type Answer, sendAll } from './client.ts';
import type { Attack } from './plan.ts';
import { foreignBytes, impression, letIn } from './verdict.ts';
import type { Organization } from './world.ts';

/** What came of all the requests; each list names what should not have been. */
export interface Outcome {
  answered: number;
  /** Requests with a session of one organization at a path that only another one has. */
  crossing: number;
  /** Mutations that were sent behind requests without an answer. */
  pipelined: Set<string>;
  /** Pairs that were compared. */
  compared: number;
  leaks: string[];
  /** Let in without a session that allows it. */
  entered: string[];
  /** Pairs of what is another's and what nobody has, that look different. */
  told: string[];
  /** The gate itself failed. */
  broken: string[];
  /** Answers without the security headers. */
  bare: string[];
}

/** Of every answer over http; over https there is one more. */
export const PLAIN_HEADERS = [
  'content-security-policy',
  'x-content-type-options',
  'x-frame-options',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'referrer-policy',
  'permissions-policy',
  'cache-control',
  'vary',
];
const HEADERS = ['strict-transport-security', ...PLAIN_HEADERS];

/** Send all and judge each answer. @param organizations whose bytes are looked for; `hear` is told each answer; `headers` that each has */
export async function assault(
  port: number,
  attacks: Attack[],
  organizations: Organization[],
  hear: (attack: Attack, answer: Answer) => void = () => {},
  headers: readonly string[] = HEADERS,
): Promise<Outcome> {
  const outcome: Outcome = {
    answered: 0,
    crossing: 0,
    pipelined: new Set(),
    compared: 0,
    leaks: [],
    entered: [],
    told: [],
    broken: [],
    bare: [],
  };
  const halves = new Map<number, [Attack, Answer]>();
  await sendAll(port, attacks, (attack, answer, behind) => {
    outcome.answered++;
    hear(attack, answer);
    if (behind > 0) outcome.pipelined.add(attack.mutation.name);
    if (attack.identity.accepted && attack.pair !== undefined && 'manifest' in attack.place) outcome.crossing++;
    const found = foreignBytes(attack, answer, organizations);
    if (found.length > 0) outcome.leaks.push(`${nameOf(attack, answer)}: ${found.join(', ')}`);
    if (letIn(attack, answer)) outcome.entered.push(nameOf(attack, answer));
    if (answer.status >= 500) outcome.broken.push(nameOf(attack, answer));
    if (answer.status > 0 && headers.some((name) => !answer.headers.get(name)))
      outcome.bare.push(nameOf(attack, answer));
    if (attack.pair === undefined) return;
    const before = halves.get(attack.pair);
    if (before === undefined) return void halves.set(attack.pair, [attack, answer]);
    halves.delete(attack.pair);
    outcome.compared++;
    if (isSame(before[1], answer)) return;
    const [other, one] = [impression(...before), impression(attack, answer)];
    if (one !== other) outcome.told.push(`${nameOf(attack, answer)}\n${difference(other, one)}`);
  });
  return outcome;
}

/** To the byte: then there is nothing to tell them apart by, whatever was asked. */
const isSame = (one: Answer, other: Answer): boolean => one.head === other.head && one.plain.equals(other.plain);

const nameOf = ({ identity, mutation, method, shape }: Attack, { status }: Answer): string =>
  `${identity.name} | ${mutation.name} | ${method} ${shape.target.slice(0, 200)} → ${status}`;

/** The first line in which they differ, of each. */
function difference(one: string, other: string): string {
  const [lines, others] = [one.split('\n'), other.split('\n')];
  const at = lines.findIndex((line, i) => line !== others[i]);
  return `${lines[at]?.slice(0, 1000)}\n${others[at]?.slice(0, 1000)}`;
}
