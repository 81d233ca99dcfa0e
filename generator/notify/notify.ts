import { randomUUID } from 'node:crypto';
import { stableJson } from '../lib/bytes.ts';
import { messageOf } from '../lib/errors.ts';
import { type Printable, say } from '../lib/printable.ts';
import type { ClaimedNotice, Notices } from '../publish/notices.ts';
import { changeStatus, type Status } from '../publish/status.ts';
import { probeConditionalWrites } from '../store/probe.ts';
import type { Store } from '../store/store.ts';
import { type Change, changesOf, type Seen } from './changes.ts';
import { type Channel, NotTaken } from './channel.ts';

/** A claim older than this was left by a run that died: its notice may have arrived. */
const LEASE_MS = 10 * 60_000;

export interface NotifyOptions {
  reports: Store;
  channel: Channel;
  now: () => Date;
  /** For tests: what is told of each step. */
  reached?: (point: 'claimed' | 'answered') => void;
}

/**
 * Tell the operator what has changed since the last notice, in one message. What is told is written to `status.json` before it is sent, by a conditional
 * write: of several runs one tells of a change, and a run that dies or is done again does not tell of it twice. What has certainly not arrived is put back,
 * and the next run tells of it.
 * @returns what went wrong, as sentences: a notice that cannot be sent makes no run fail
 */
export async function notify(options: NotifyOptions, seen: readonly Seen[]): Promise<Printable[]> {
  const { channel, now, reached } = options;
  const id = randomUUID().replaceAll('-', '');
  const at = now().toISOString();
  let changes: Change[];
  try {
    changes = await claim(options, seen, id, at);
  } catch (error) {
    return [say`No notice was sent, because status.json could not be written: ${messageOf(error)}`];
  }
  if (changes.length === 0) return [];
  reached?.('claimed');
  const failure = await channel.send({ id, at, changes }).then(
    () => undefined,
    (error: unknown) => error,
  );
  reached?.('answered');
  const isLost = failure instanceof NotTaken;
  const problems =
    failure === undefined
      ? []
      : [
          isLost
            ? say`A notice was not sent: ${messageOf(failure)}. The next run sends it.`
            : say`A notice may not have arrived: ${messageOf(failure)}. It is not sent again: status and digest log say what it was about.`,
        ];
  try {
    await settle(options, id, isLost, problems[0], now().toISOString());
  } catch (error) {
    problems.push(say`What became of a notice could not be written to status.json: ${messageOf(error)}`);
  }
  return problems;
}

/** Write down what is about to be told. @returns nothing where there is nothing to tell */
async function claim({ reports }: NotifyOptions, seen: readonly Seen[], id: string, at: string): Promise<Change[]> {
  let changes: Change[] = [];
  await change(reports, (notices) => {
    // A write that was done again may have met itself.
    if (notices.claimed?.[id]) return undefined;
    changes = [];
    const organizations = { ...notices.organizations };
    const before: ClaimedNotice['before'] = {};
    for (const each of seen) {
      const known = Object.hasOwn(organizations, each.org) ? (organizations[each.org] ?? {}) : {};
      const { told, changes: own } = changesOf(known, each, at);
      organizations[each.org] = told;
      if (own.length > 0)
        before[each.org] = Object.fromEntries(own.map(({ subject }) => [subject, known[subject] ?? null]));
      changes.push(...own);
    }
    const { claimed, problem } = withoutDead(notices, at);
    if (changes.length > 0) claimed[id] = { at, before };
    return { ...notices, organizations, claimed, problem };
  });
  return changes;
}

/** Put back what has certainly not arrived, and note how it went. */
const settle = (
  { reports }: NotifyOptions,
  id: string,
  isLost: boolean,
  problem: Printable | undefined,
  at: string,
): Promise<void> =>
  change(reports, (notices) => {
    const { [id]: own, ...claimed } = notices.claimed ?? {};
    if (!own) return undefined;
    const organizations = isLost ? putBack(notices.organizations, own.before) : notices.organizations;
    const outcome =
      problem === undefined ? { acceptedAt: at, problem: undefined } : { problem: { at, reason: problem } };
    return { ...notices, organizations, claimed, ...outcome };
  });

/** Each subject alone: what another run has told of meanwhile stays. */
function putBack(organizations: Notices['organizations'], before: ClaimedNotice['before']): Notices['organizations'] {
  const next = { ...organizations };
  for (const [org, subjects] of Object.entries(before)) {
    const whole = Object.entries({ ...next[org], ...subjects }).filter(([, told]) => told !== null);
    next[org] = Object.fromEntries(whole);
  }
  return next;
}

/** What dead runs have claimed counts as told: once, or not at all. */
function withoutDead({ claimed = {}, problem }: Notices, at: string) {
  const isDead = ({ at: since }: ClaimedNotice) => !(Math.abs(Date.parse(at) - Date.parse(since)) < LEASE_MS);
  const dead = Object.values(claimed).find(isDead);
  return {
    claimed: Object.fromEntries(Object.entries(claimed).filter(([, each]) => !isDead(each))),
    problem: dead
      ? {
          at: dead.at,
          reason: 'A run ended while it sent a notice, so that one may not have arrived. It is not sent again.',
        }
      : problem,
  };
}

/** Writes only where something is another than it was. */
const change = (reports: Store, next: (notices: Notices) => Notices | undefined): Promise<void> =>
  changeStatus(
    reports,
    (status: Status) => {
      const before = status.notices ?? { organizations: {} };
      const after = next(before);
      return after && stableJson(after) !== stableJson(before) ? { ...status, notices: after } : undefined;
    },
    () => probeConditionalWrites(reports, 'mail/'),
  );
