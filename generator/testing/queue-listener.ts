import type { Listening } from '../source/feed/change-feed.ts';
import { openFeed } from '../source/feed/open.ts';
import type { QueueOptions } from '../source/feed/queue-client.ts';
import { notification } from './feed-runs.ts';
import type { SqsDouble } from './sqs-double.ts';

/** What stands for a run that listens to the queue of a double. */
export interface QueueListener {
  /** Lines that the feed said of no single organization. */
  said: string[];
  log: { say(line: string): void };
  /** A run of some organizations; by default there are `org_1` and `org_2`. */
  listen(ours: string[], options?: QueueOptions & { url?: string }): Listening;
  /** A notification for each key. */
  send(...keys: string[]): void;
}

/** @param double is emptied */
export function queueListener({ queue, url: its, faults, log: asked }: SqsDouble): QueueListener {
  queue.clear();
  queue.clock = { time: 0 };
  faults.length = 0;
  asked.length = 0;
  const said: string[] = [];
  const log = { say: (line: string) => void said.push(line) };
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  return {
    said,
    log,
    listen: (ours, { url = its, ...options } = {}) =>
      openFeed(url, { credentials, pauseMs: 0, ...options }).listen({ ours, all: ['org_1', 'org_2'] }, log),
    send(...keys) {
      for (const key of keys) queue.send(notification(key));
    },
  };
}

/** Sorted; undefined where only a listing can tell. */
export async function callsOf(heard: Listening, org: string): Promise<string[] | undefined> {
  const calls = await (await heard.about(org)).calls();
  return calls && [...calls].sort();
}

/** What a run does that has published. */
export const use = async (heard: Listening, org: string): Promise<void> => (await heard.about(org)).used();
