import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { QueueKind } from '../aws/names.ts';
import type { NamedCall } from './events.ts';

export type Sends = (queue: QueueKind, calls: readonly NamedCall[]) => Promise<void>;

const BATCH = 10;
const LIMITS = { requestTimeout: 10_000, connectionTimeout: 5_000, throwOnRequestTimeout: true };

/**
 * Sends calls to the queues that the stack names.
 * @returns a function that throws where SQS has not taken all of them
 */
export function openQueues(env: NodeJS.ProcessEnv): Sends {
  const client = new SQSClient({ requestHandler: LIMITS });
  const urls = { transcribe: env.CCI_TRANSCRIBE_QUEUE, enrich: env.CCI_ENRICH_QUEUE, analyse: env.CCI_ANALYSE_QUEUE };
  return async (queue, calls) => {
    for (let at = 0; at < calls.length; at += BATCH) {
      const entries = calls
        .slice(at, at + BATCH)
        .map((each, i) => ({ Id: String(i), MessageBody: JSON.stringify(each) }));
      const command = new SendMessageBatchCommand({ QueueUrl: urls[queue], Entries: entries });
      const { Failed = [] } = await client.send(command);
      // An answer of 200 may refuse some of a batch.
      if (Failed.length > 0) throw new Error(`SQS refused ${Failed.length} of ${entries.length} messages`);
    }
  };
}
