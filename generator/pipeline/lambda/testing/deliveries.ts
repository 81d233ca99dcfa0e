import { QUEUES, type QueueKind } from '../../aws/names.ts';
import { handler as analyser } from '../analyser.ts';
import { handler as jobInit } from '../job-init.ts';
import { handler as ingest } from '../oak-ingest.ts';
import { handler as resultHandler } from '../result-handler.ts';
import type { Account } from './account.ts';

/** An object that was created, and the queue whose rule hears of it. */
interface Told {
  queue: QueueKind;
  body: string;
}

/** What Lambda, EventBridge and S3 do around the functions. */
export interface Deliveries {
  /** By the clock. @throws where the function fails, as Lambda counts it */
  tick(): Promise<void>;
  /** What S3 has told since it was asked last, delivered to nobody yet. */
  told(): Told[];
  deliver(event: Told): void;
  /** Hands a batch of a queue to its function, if there is any message. @returns how many were handed over */
  pull(queue: QueueKind): Promise<number>;
  /** Messages that were put aside. */
  dead: string[];
}

const HANDLERS = { transcribe: jobInit, enrich: resultHandler, analyse: analyser };
/** As the stack's rules and queues have it. */
const RULES: Record<QueueKind, RegExp> = {
  transcribe: /^input\/.*\/audio\//,
  enrich: /^results\/.*\/raw\/.*\.json$/,
  analyse: /^results\/.*\/enriched\/.*\.json$/,
};
const BATCHES = { transcribe: 1, enrich: 5, analyse: 2 };
const MOST_RECEIVES = 5;
export const VISIBLE_S = 1800;

interface Message {
  MessageId: string;
  ReceiptHandle: string;
  Body: string;
}

/** @returns what goes on around the functions of an account; the caller decides what happens when */
export function deliveriesOf({ s3, queues }: Account): Deliveries {
  const context = { getRemainingTimeInMillis: () => 120_000 };
  const dead: string[] = [];
  let seen = 0;
  return {
    dead,
    tick: () => ingest({}, context),
    told() {
      const fresh = s3.log.slice(seen);
      seen = s3.log.length;
      return fresh
        .filter(({ method, status }) => method === 'PUT' && status === 200)
        .flatMap(({ key }) =>
          QUEUES.filter((queue) => RULES[queue].test(key)).map((queue) => ({ queue, body: created(key) })),
        );
    },
    deliver: ({ queue, body }) => queues[queue].queue.send(body),
    async pull(name) {
      const { queue } = queues[name];
      const asked = { MaxNumberOfMessages: BATCHES[name], VisibilityTimeout: VISIBLE_S, WaitTimeSeconds: 0 };
      const { Messages } = queue.answer('ReceiveMessage', asked) as { Messages: Message[] };
      const remove = (messages: readonly Message[]): void => {
        const Entries = messages.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle }));
        if (Entries.length > 0) queue.answer('DeleteMessageBatch', { Entries });
      };
      const isOver = ({ ReceiptHandle }: Message) => Number(ReceiptHandle.split(':').at(-1)) > MOST_RECEIVES;
      dead.push(...Messages.filter(isOver).map(({ Body }) => Body));
      remove(Messages.filter(isOver));
      const given = Messages.filter((each) => !isOver(each));
      if (given.length === 0) return 0;
      const Records = given.map(({ MessageId, Body }) => ({ messageId: MessageId, body: Body }));
      const { batchItemFailures } = await HANDLERS[name]({ Records }, context);
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      remove(given.filter(({ MessageId }) => !failed.has(MessageId)));
      return given.length;
    },
  };
}

/** As EventBridge tells it. */
const created = (key: string): string =>
  JSON.stringify({
    'detail-type': 'Object Created',
    source: 'aws.s3',
    detail: { bucket: { name: 'bucket' }, object: { key, size: 1 } },
  });
