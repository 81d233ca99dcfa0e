import type { SQSClient, SQSClientConfig } from '@aws-sdk/client-sqs';
import pMap from 'p-map';
import { once } from '#shared/once.ts';
import { explained, type QueueVerb } from './queue-sentences.ts';
import { readQueueUrl } from './queue-url.ts';

export interface QueueOptions {
  /** Tries of one request, the first included. */
  attempts?: number;
  /** Longest pause before the second try; it doubles with each. */
  pauseMs?: number;
  /** Ends a request with all its tries; by default after `LONGEST_REQUEST_MS`. */
  limit?: () => AbortSignal;
  /** Absent: the SDK's default chain, from the environment over SSO to the machine's role. */
  credentials?: SQSClientConfig['credentials'];
}

export interface Message {
  id: string;
  /** What it is removed and returned by; it is another one each time that the message is received. */
  handle: string;
  body: string;
}

/** A standard queue of SQS. Whatever fails is thrown as a sentence. */
export interface Queue {
  /** At most ten messages, which nobody else gets meanwhile; none is no proof that there are none. */
  receive(): Promise<Message[]>;
  remove(handles: readonly string[]): Promise<void>;
  /** Let others have them. @param seconds from now */
  giveBack(handles: readonly string[], seconds: number): Promise<void>;
}

/** Requests under way at once. */
export const AT_ONCE = 4;
/** Nobody else gets a message for so long: longer than most runs, and short of an hour where one is killed. */
export const HELD_S = 15 * 60;
/** What SQS takes in one request. */
const BATCH = 10;
const CONNECT_MS = 5_000;
const ANSWER_MS = 10_000;
const LONGEST_REQUEST_MS = 45_000;
const LONGEST_PAUSE_MS = 5_000;

type Sdk = typeof import('@aws-sdk/client-sqs');

/** @param url of which nothing is wrong. The SDK is loaded, and the network asked, when it is first used. */
export function openQueue(url: string, options: QueueOptions = {}): Queue {
  const { attempts = 3, pauseMs = 200, credentials, limit = () => AbortSignal.timeout(LONGEST_REQUEST_MS) } = options;
  const place = readQueueUrl(url);
  const wire = once(async () => {
    const [sdk, { ConfiguredRetryStrategy }] = await Promise.all([
      import('@aws-sdk/client-sqs'),
      import('@smithy/core/retry'),
    ]);
    const client = new sdk.SQSClient({
      endpoint: place.endpoint,
      ...(place.region && { region: place.region }),
      ...(credentials && { credentials }),
      retryStrategy: new ConfiguredRetryStrategy(attempts, (attempt) =>
        Math.round(Math.random() * Math.min(LONGEST_PAUSE_MS, pauseMs * 2 ** (attempt - 1))),
      ),
      // Without throwing, the SDK only writes a warning and waits on.
      requestHandler: { requestTimeout: ANSWER_MS, connectionTimeout: CONNECT_MS, throwOnRequestTimeout: true },
    });
    return { sdk, client };
  });

  async function ask<T>(verb: QueueVerb, work: (client: SQSClient, sdk: Sdk, abortSignal: AbortSignal) => Promise<T>) {
    try {
      const { client, sdk } = await wire();
      return await work(client, sdk, limit());
    } catch (error) {
      throw explained(error, place, verb);
    }
  }

  /** Ten at a time, and no more after one request has failed. */
  const inBatches = (handles: readonly string[], work: (entries: { Id: string; ReceiptHandle: string }[]) => unknown) =>
    pMap(
      Array.from({ length: Math.ceil(handles.length / BATCH) }, (_, at) => handles.slice(at * BATCH, (at + 1) * BATCH)),
      (batch) => work(batch.map((ReceiptHandle, at) => ({ Id: String(at), ReceiptHandle }))),
      { concurrency: AT_ONCE },
    );

  return {
    async receive() {
      const input = { QueueUrl: url, MaxNumberOfMessages: BATCH, VisibilityTimeout: HELD_S, WaitTimeSeconds: 0 };
      const { Messages = [] } = await ask('receive from', (client, sdk, abortSignal) =>
        client.send(new sdk.ReceiveMessageCommand(input), { abortSignal }),
      );
      return Messages.map(({ MessageId = '', ReceiptHandle = '', Body = '' }) => ({
        id: MessageId,
        handle: ReceiptHandle,
        body: Body,
      }));
    },
    async remove(handles) {
      await inBatches(handles, (Entries) =>
        ask('remove from', async (client, sdk, abortSignal) => {
          const command = new sdk.DeleteMessageBatchCommand({ QueueUrl: url, Entries });
          refuse((await client.send(command, { abortSignal })).Failed);
        }),
      );
    },
    async giveBack(handles, seconds) {
      await inBatches(handles, (batch) =>
        ask('return to', async (client, sdk, abortSignal) => {
          const Entries = batch.map((each) => ({ ...each, VisibilityTimeout: seconds }));
          const command = new sdk.ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries });
          const { Failed = [] } = await client.send(command, { abortSignal });
          // What nobody holds any more is back already.
          refuse(Failed.filter(({ Code }) => !Code?.endsWith('MessageNotInflight')));
        }),
      );
    },
  };
}

/** A batch is answered with 200 also where some of it, or all, was refused. */
function refuse(failed: { Code?: string; Message?: string }[] = []): void {
  const [first] = failed;
  if (first) throw Object.assign(new Error(first.Message ?? ''), { name: first.Code ?? 'Error' });
}
