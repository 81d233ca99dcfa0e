import { UserError } from '../../lib/errors.ts';
import { say, shownJson } from '../../lib/printable.ts';
import { openStore } from '../../store/open.ts';
import type { ChangeFeed } from './change-feed.ts';
import { objectFeed } from './event-objects.ts';
import { feedUrlProblem, isQueue } from './feed-url.ts';
import { openQueue, type QueueOptions } from './queue-client.ts';
import { queueFeed } from './queue-feed.ts';

/**
 * The change feed that a URL names.
 * @param options of its requests, where it is a queue
 * @throws {UserError} where the URL is wrong
 */
export function openFeed(url: string, options: QueueOptions = {}): ChangeFeed {
  const wrong = feedUrlProblem(url);
  if (wrong !== undefined) throw new UserError([say`${shownJson(url)} ${wrong}.`]);
  return isQueue(url) ? queueFeed(url, openQueue(url, options)) : objectFeed(openStore(url));
}
