import { storeUrlProblem } from '../../store/open.ts';
import { queueUrlProblem } from './queue-url.ts';

/** Whether a change feed's URL is that of a queue. */
export const isQueue = (url: string): boolean => /^https?:/i.test(url);

/** What is wrong with a change feed's URL, as the end of a sentence; undefined where nothing is. */
export function feedUrlProblem(url: string): string | undefined {
  if (isQueue(url)) return queueUrlProblem(url);
  return /^(file|s3):/.test(url)
    ? storeUrlProblem(url)
    : 'is not a change feed: write file: and a folder, s3://bucket, or the URL of an SQS queue';
}
