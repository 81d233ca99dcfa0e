import { type Printable, say } from '../../lib/printable.ts';
import { type AwsFailure, type AwsReason, explainedBy } from '../../store/aws-reasons.ts';
import type { QueuePlace } from './queue-url.ts';

export type QueueVerb = 'receive from' | 'remove from' | 'return to';

interface Failure extends AwsFailure {
  verb: QueueVerb;
  place: QueuePlace;
}

/** Of those that a run needs. */
const RIGHTS = {
  'receive from': 'sqs:ReceiveMessage',
  'remove from': 'sqs:DeleteMessage',
  'return to': 'sqs:ChangeMessageVisibility',
};

/** What SQS answers: code → sentence. */
const REASONS: readonly AwsReason<Failure>[] = [
  {
    codes: ['AccessDenied', 'AccessDeniedException', '403'],
    why: ({ verb, message }) => say`these credentials may not ${verb} it${message && `: ${message}`}`,
    todo: ({ verb, place }) => say`Grant ${RIGHTS[verb]} for ${place.url}.`,
  },
  {
    codes: ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue', 'QueueDeletedRecently', 'InvalidAddress'],
    why: () => say`there is no such queue, or these credentials may not know of it`,
    todo: () => say`Copy its URL again from the SQS console: it names region, account and queue.`,
  },
  {
    codes: ['WrongRegion', 'RegionIsMissing'],
    why: ({ place }) => say`its region is not ${place.region ?? 'known'}`,
    todo: () => say`Copy its URL again from the SQS console; for another server than AWS, set AWS_REGION.`,
  },
  {
    codes: ['OverLimit'],
    why: () => say`too many of its messages are with somebody who has not yet removed them`,
    todo: () => say`They come back by themselves. Let nothing else receive from this queue.`,
    passing: true,
  },
  {
    codes: [
      'KmsAccessDenied',
      'KMSAccessDenied',
      'KmsDisabled',
      'KmsInvalidKeyUsage',
      'KmsInvalidState',
      'KmsNotFound',
      'KmsOptInRequired',
    ],
    why: ({ message }) => say`its KMS key cannot be used: ${message}`,
    todo: () => say`Enable the key, and grant kms:Decrypt on it.`,
  },
  {
    codes: ['AbortError'],
    why: () => say`no answer came in time, each time it was tried`,
    todo: ({ endpoint }) => say`Check the network and ${endpoint}.`,
    passing: true,
  },
];

/** The error to throw on: what happened, why, and what to do. */
export function explained(error: unknown, place: QueuePlace, verb: QueueVerb): Error {
  const asked: Printable = say`Cannot ${verb} ${place.url}`;
  const about = { service: 'SQS', what: 'the queue', endpoint: 'CCI_EVENTS_URL' } as const;
  return explainedBy(REASONS, withRegion(error), asked, { ...about, verb, place });
}

/** A signature for another region is refused as one by another key. */
function withRegion(error: unknown): unknown {
  const isOfRegion = error instanceof Error && /scoped to a valid region/i.test(error.message);
  return isOfRegion ? Object.assign(error, { name: 'WrongRegion' }) : error;
}
