import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Gap, TriggerQueue } from './drain.ts';
import type { GitHubApp } from './github.ts';

/** Nobody else gets a message for so long: longer than the function may run. */
const HELD_S = 300;
const BATCH = 10;
const LIMITS = { requestTimeout: 10_000, connectionTimeout: 5_000, throwOnRequestTimeout: true };

/** A standard queue of SQS. */
export function sqsQueue(url: string): TriggerQueue {
  const client = new SQSClient({ requestHandler: LIMITS });
  const inBatches = async (handles: readonly string[], send: (entries: Entry[]) => Promise<{ Failed?: object[] }>) => {
    for (let at = 0; at < handles.length; at += BATCH) {
      const entries = handles.slice(at, at + BATCH).map((ReceiptHandle, i) => ({ Id: String(i), ReceiptHandle }));
      const { Failed = [] } = await send(entries);
      // An answer of 200 may refuse some of a batch: then they come again, and are told of again.
      if (Failed.length > 0) throw new Error(`SQS refused ${Failed.length} of ${entries.length} messages of a batch`);
    }
  };
  return {
    async receive() {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl: url,
          MaxNumberOfMessages: BATCH,
          VisibilityTimeout: HELD_S,
          WaitTimeSeconds: 0,
        }),
      );
      return Messages.map(({ MessageId = '', ReceiptHandle = '', Body = '' }) => ({
        id: MessageId,
        handle: ReceiptHandle,
        body: Body,
      }));
    },
    remove: (handles) =>
      inBatches(handles, (Entries) => client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }))),
    giveBack: (handles) =>
      inBatches(handles, (entries) => {
        const Entries = entries.map((each) => ({ ...each, VisibilityTimeout: 0 }));
        return client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries }));
      }),
  };
}

interface Entry {
  Id: string;
  ReceiptHandle: string;
}

/** The time of the last dispatch as an object, which is written only as it was read: of two runs at once one begins. */
export function gapInBucket(bucket: string, key: string, gapMs: number, now: () => number = Date.now): Gap {
  // Another server than AWS has no host name for each bucket.
  const client = new S3Client({ requestHandler: LIMITS, forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL_S3) });
  const read = async () => {
    try {
      const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return { at: Date.parse((await Body?.transformToString()) ?? ''), etag: ETag };
    } catch (error) {
      if ((error as { name?: string }).name === 'NoSuchKey') return { at: Number.NaN, etag: undefined };
      throw error;
    }
  };
  // What is no time tells of no dispatch.
  const isOver = (at: number) => !(now() - at < gapMs);
  return {
    isOver: async () => isOver((await read()).at),
    async begin() {
      const { at, etag } = await read();
      if (!isOver(at)) return false;
      try {
        await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: new Date(now()).toISOString(),
            ...(etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: etag }),
          }),
        );
        return true;
      } catch (error) {
        const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
        // Somebody else was first: 412, or 409 where both write at this moment.
        if ($metadata?.httpStatusCode === 412 || $metadata?.httpStatusCode === 409) return false;
        throw error;
      }
    },
  };
}

/** The app's ids and its key, read anew each time, so that a new key needs no deployment. */
export async function readApp(secret: string): Promise<GitHubApp> {
  const client = new SecretsManagerClient({ requestHandler: LIMITS });
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secret }));
  const { appId, installationId, privateKey } = parsed(SecretString);
  if (![appId, installationId].every((id) => /^[\w.-]+$/.test(String(id ?? ''))) || typeof privateKey !== 'string')
    throw new Error('the secret of the GitHub App must be JSON with appId, installationId and privateKey');
  return { appId: String(appId), installationId: String(installationId), privateKey };
}

/** Nothing of the secret is in a message. */
function parsed(text: string): { [name: string]: unknown } {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
