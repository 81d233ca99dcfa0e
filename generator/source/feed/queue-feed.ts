import { once } from '#shared/once.ts';
import type { Log } from '../../lib/console.ts';
import { messageOf } from '../../lib/errors.ts';
import { type Printable, say } from '../../lib/printable.ts';
import { counted } from '../../lib/words.ts';
import type { ChangeFeed, Listening, Organizations } from './change-feed.ts';
import { NamedCalls } from './named-calls.ts';
import { AT_ONCE, HELD_S, type Queue } from './queue-client.ts';
import { Received } from './received.ts';

/** Messages taken in one run: with more of them, listing everything costs no more. In flight may be 120,000. */
const MOST_MESSAGES = 10_000;
/** Receiving ends after so long, also where there is more. */
const LONGEST_MS = 60_000;
/** What is not understood comes again after so long. SQS takes at most twelve, and counts from when it was received. */
const ASIDE_HOURS = 6;
/** Of messages that are not understood. */
const NAMED = 5;

/** A feed in a queue of SQS, whose messages name objects of any organization. */
export const queueFeed = (url: string, queue: Queue): ChangeFeed => ({
  url,
  listen: (orgs, log) => listen(queue, orgs, log),
});

/**
 * Messages are received once for the whole run. Each is removed when every organization that it names has used it, and goes back at
 * once where it also names one that this run does not build.
 */
function listen(queue: Queue, orgs: Organizations, log: Pick<Log, 'say'>): Listening {
  const received = new Received(orgs);
  const heard = once(() => hear(queue, received, log));
  let isAsked = false;
  return {
    async about(org) {
      isAsked = true;
      const isWhole = await heard();
      return {
        calls: async () => (isWhole ? (received.calls.get(org) ?? new NamedCalls(org)).ids : undefined),
        async used() {
          received.used(org);
          const { known, odd } = received.takeDone();
          await queue.remove(known);
          await queue.giveBack(odd, ASIDE_HOURS * 3600);
        },
      };
    },
    async end() {
      if (isAsked) await giveBack(queue, received.takeRest(), log);
    },
  };
}

/** @returns whether all has been heard, and understood: else only a listing can tell */
async function hear(queue: Queue, received: Received, log: Pick<Log, 'say'>): Promise<boolean> {
  const why = await receiveAll(queue, received);
  if (why) log.say(say`the change feed cannot be read to its end, so everything is listed: ${why}`, 'problem');
  const { problems } = received;
  if (problems.length > 0)
    log.say(
      say`${counted(problems.length, 'message')} of the change feed cannot be understood, so everything is listed: ${problems.slice(0, NAMED).join('; ')}${problems.length > NAMED ? '; and more' : ''}. What is not understood stays in the queue, comes again in ${counted(ASIDE_HOURS, 'hour')}, and goes when the queue no longer keeps it. Let the queue have events of the results alone.`,
      'problem',
    );
  await giveBack(queue, received.takeShared(), log);
  await queue
    .remove(received.takeDone().known)
    .catch((error) =>
      log.say(say`events that are of no organization could not be removed: ${messageOf(error)}`, 'problem'),
    );
  return !why && problems.length === 0;
}

/** Several at once, each until an answer is empty: one such answer alone may come from a part of the queue. @returns why it has ended before */
async function receiveAll(queue: Queue, received: Received): Promise<Printable | undefined> {
  const end = performance.now() + LONGEST_MS;
  let [taken, why]: [number, Printable | undefined] = [0, undefined];
  const receive = async () => {
    while (!why) {
      if (taken >= MOST_MESSAGES || performance.now() > end) {
        why = say`there is more than a run takes. The rest is left for the next one`;
        return;
      }
      const messages = await queue.receive();
      if (messages.length === 0) return;
      taken += messages.length;
      for (const message of messages) received.add(message);
    }
  };
  const failed = (error: unknown) => {
    why ??= say`${messageOf(error)}`;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, () => receive().catch(failed)));
  return why;
}

const giveBack = (queue: Queue, handles: readonly string[], log: Pick<Log, 'say'>): Promise<void> =>
  queue
    .giveBack(handles, 0)
    .catch((error) =>
      log.say(
        say`events that this run does not use could not be given back, so they come again in ${counted(HELD_S / 60, 'minute')}: ${messageOf(error)}`,
        'problem',
      ),
    );
