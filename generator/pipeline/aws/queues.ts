import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { type Ask, isThere, type Seen } from './ask.ts';
import type { Clients } from './clients.ts';

/** A queue, and how many messages are in it, about. */
export interface QueueSeen {
  name: string;
  arn: string;
  /** That wait to be taken. */
  messages: number;
  /** ARN of the queue for what it gives up, where it has one. */
  dead?: string;
}

const SQS = 'Amazon SQS';

/** Whether there is a queue of a name. @returns its address */
export const queueUrlOf = (ask: Ask, { sqs }: Clients, name: string): Promise<Seen<string>> =>
  ask('sqs:GetQueueUrl', SQS, async () => (await sqs.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl ?? '');

/** The queue of a name. No message is taken from it. */
export async function queueOf(ask: Ask, clients: Clients, name: string): Promise<Seen<QueueSeen>> {
  const url = await queueUrlOf(ask, clients, name);
  if (!isThere(url)) return url;
  return ask('sqs:GetQueueAttributes', SQS, async () => {
    const { Attributes = {} } = await clients.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: url,
        AttributeNames: ['QueueArn', 'ApproximateNumberOfMessages', 'RedrivePolicy'],
      }),
    );
    const dead = deadIn(Attributes.RedrivePolicy);
    return {
      name,
      arn: Attributes.QueueArn ?? '',
      messages: Number(Attributes.ApproximateNumberOfMessages ?? 0) || 0,
      ...(dead && { dead }),
    };
  });
}

function deadIn(policy: string | undefined): string | undefined {
  if (policy === undefined) return undefined;
  const { deadLetterTargetArn: target } = JSON.parse(policy) as { deadLetterTargetArn?: unknown };
  return typeof target === 'string' ? target : undefined;
}

/** The name in the ARN of a queue. */
export const queueIn = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);
