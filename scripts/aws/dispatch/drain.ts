import { changedIn, dispatchBody } from './changed.ts';

interface TriggerMessage {
  id: string;
  /** What it is removed and returned by; another one each time that it is received. */
  handle: string;
  body: string;
}

export interface TriggerQueue {
  /** At most ten, which nobody else gets meanwhile; none is no proof that there are none. */
  receive(): Promise<TriggerMessage[]>;
  remove(handles: readonly string[]): Promise<void>;
  giveBack(handles: readonly string[]): Promise<void>;
}

/** The time between two dispatches, whoever sends them. */
export interface Gap {
  isOver(): Promise<boolean>;
  /** Begin the next one. @returns false where it is not over, or another run has begun it at this moment */
  begin(): Promise<boolean>;
}

export interface Drain {
  queue: TriggerQueue;
  gap: Gap;
  /** @throws unless GitHub has taken it */
  dispatch(body: string): Promise<void>;
  prefix: string;
  /** In ms, of a clock that only goes on. */
  clock?: () => number;
}

/** What one run came to, in numbers: it is logged. */
export interface Drained {
  outcome: 'waiting' | 'nothing' | 'sent';
  messages: number;
  organizations: number;
  /** Named none, so that every organization is looked at. */
  all: boolean;
}

/** A run takes no more; what is left makes the next dispatch. */
const MOST_MESSAGES = 10_000;
const LONGEST_MS = 45_000;

/**
 * Tell GitHub of everything that has changed since the last time, in one dispatch, and at most one in a gap. What comes meanwhile waits in the queue. A
 * message is removed only after GitHub has answered that it took the dispatch which names its organization, or if it is of no organization; after any
 * other end it comes back. So one may be told of twice, and none never.
 */
export async function drain({
  queue,
  gap,
  dispatch,
  prefix,
  clock = () => performance.now(),
}: Drain): Promise<Drained> {
  const drained = { messages: 0, organizations: 0, all: false };
  if (!(await gap.isOver())) return { outcome: 'waiting', ...drained };
  const received = await receiveAll(queue, clock);
  const handles = [...received.values()].map(({ handle }) => handle);
  const changed = changedIn(
    [...received.values()].map(({ body }) => body),
    prefix,
  );
  Object.assign(drained, { messages: handles.length, organizations: changed.organizations.size, all: changed.all });
  if (changed.organizations.size === 0 && !changed.all) {
    await queue.remove(handles);
    return { outcome: 'nothing', ...drained };
  }
  try {
    if (!(await gap.begin())) {
      await queue.giveBack(handles);
      return { outcome: 'waiting', ...drained };
    }
    await dispatch(dispatchBody(changed));
  } catch (error) {
    // If this fails too, they come back by themselves.
    await queue.giveBack(handles).catch(() => {});
    throw error;
  }
  await queue.remove(handles);
  return { outcome: 'sent', ...drained };
}

/** Until an answer is empty. One message that comes twice is kept by its last handle. */
async function receiveAll(queue: TriggerQueue, clock: () => number): Promise<Map<string, TriggerMessage>> {
  const received = new Map<string, TriggerMessage>();
  const end = clock() + LONGEST_MS;
  while (received.size < MOST_MESSAGES && clock() < end) {
    const messages = await queue.receive();
    if (messages.length === 0) break;
    for (const message of messages) received.set(message.id, message);
  }
  return received;
}
