import { createHash } from 'node:crypto';

export interface Json {
  [name: string]: unknown;
}

/** A refusal as SQS gives it. */
export class SqsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, status = 400, message = code) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

interface Held {
  id: string;
  body: string;
  /** Its place among the others, which means nothing. */
  order: string;
  /** Of the clock, in ms. */
  visibleAt: number;
  /** When it was received last. */
  receivedAt: number;
  receives: number;
}

interface Entry {
  Id: string;
  ReceiptHandle: string;
  VisibilityTimeout?: number;
  MessageBody?: string;
}

const LONGEST_S = 12 * 60 * 60;

/** The messages of one standard queue, by a clock that stands until somebody moves it. */
export class DoubleQueue {
  /** In ms. */
  clock = { time: 0 };
  /** Whether a message is given out again while somebody has it, as may happen. */
  again = (): boolean => false;
  /** How many of ten come in an answer, though there are more: a part of the servers is asked. */
  sample = (): number => 10;
  /** Whether a message that was removed is there all the same, as may happen. */
  survives = (): boolean => false;
  /** Most messages that are with somebody at once. */
  mostInFlight = 120_000;
  readonly #messages = new Map<string, Held>();
  #sent = 0;

  send(body: string, { id = `m-${++this.#sent}` } = {}): void {
    this.#messages.set(id, { id, body, order: md5(id), visibleAt: this.clock.time, receivedAt: 0, receives: 0 });
  }

  clear(): void {
    this.#messages.clear();
  }

  /** Bodies of all that have not been removed, whoever has them. */
  get left(): string[] {
    return [...this.#messages.values()].map(({ body }) => body);
  }

  /** The same of those that a receiver could get now. */
  get visible(): string[] {
    return [...this.#messages.values()].filter((each) => this.#isVisible(each)).map(({ body }) => body);
  }

  #isVisible = ({ visibleAt }: Held): boolean => visibleAt <= this.clock.time;

  answer(action: string, body: Json): Json {
    if (action === 'ReceiveMessage') return this.#receive(body);
    if (action === 'SendMessageBatch') return this.#batch(body, (entry) => this.#take(entry));
    if (action === 'DeleteMessageBatch') return this.#batch(body, (entry) => this.#remove(entry));
    if (action === 'ChangeMessageVisibilityBatch') return this.#batch(body, (entry) => this.#change(entry));
    throw new SqsError('UnsupportedOperation');
  }

  #receive({ MaxNumberOfMessages: most, VisibilityTimeout: seconds, WaitTimeSeconds: wait }: Json): Json {
    if (wait !== 0) throw new SqsError('UnsupportedOperation', 400, 'the double has no long poll');
    if (!isBetween(most, 1, 10) || !isBetween(seconds, 0, LONGEST_S)) throw new SqsError('InvalidParameterValue');
    const all = [...this.#messages.values()];
    if (all.filter((each) => each.receives > 0 && !this.#isVisible(each)).length >= this.mostInFlight)
      throw new SqsError('OverLimit', 403);
    const some = all
      .filter((each) => this.#isVisible(each))
      .sort((a, b) => (a.order < b.order ? -1 : 1))
      .slice(0, Math.min(most, this.sample()));
    return {
      Messages: some.map((message) => {
        message.receives++;
        message.receivedAt = this.clock.time;
        if (!this.again()) message.visibleAt = this.clock.time + seconds * 1000;
        const { id, body, receives } = message;
        const MD5OfBody = md5(body);
        return { MessageId: id, ReceiptHandle: `${id}:${receives}`, MD5OfBody, Body: body };
      }),
    };
  }

  #batch({ Entries }: Json, work: (entry: Entry) => Json | undefined): Json {
    const entries = Entries as Entry[];
    if (entries.length === 0) throw new SqsError('EmptyBatchRequest');
    if (entries.length > 10) throw new SqsError('TooManyEntriesInBatchRequest');
    if (new Set(entries.map(({ Id }) => Id)).size < entries.length) throw new SqsError('BatchEntryIdsNotDistinct');
    const [Successful, Failed]: [Json[], Json[]] = [[], []];
    for (const entry of entries) {
      try {
        Successful.push({ Id: entry.Id, ...work(entry) });
      } catch (error) {
        if (!(error instanceof SqsError)) throw error;
        Failed.push({ Id: entry.Id, SenderFault: true, Code: error.code, Message: error.message });
      }
    }
    return { Successful, Failed };
  }

  /** @returns undefined where it has been removed before */
  #of({ ReceiptHandle }: Entry): { message?: Held; isLast: boolean } {
    const [, id = '', receives] = /^(.+):(\d+)$/.exec(ReceiptHandle) ?? [];
    if (id === '') throw new SqsError('ReceiptHandleIsInvalid');
    const message = this.#messages.get(id);
    return { message, isLast: message?.receives === Number(receives) };
  }

  #take({ MessageBody = '' }: Entry): Json {
    if (MessageBody === '') throw new SqsError('InvalidParameterValue');
    this.send(MessageBody);
    return { MessageId: `m-${this.#sent}`, MD5OfMessageBody: md5(MessageBody) };
  }

  /** With a handle of before, SQS says that it has removed the message, and it may be there still. */
  #remove(entry: Entry): undefined {
    const { message, isLast } = this.#of(entry);
    if (message && isLast && !this.survives()) this.#messages.delete(message.id);
  }

  #change(entry: Entry): undefined {
    const { VisibilityTimeout: seconds } = entry;
    const { message } = this.#of(entry);
    if (!message || !isBetween(seconds, 0, LONGEST_S)) throw new SqsError('InvalidParameterValue');
    if (this.#isVisible(message)) throw new SqsError('AWS.SimpleQueueService.MessageNotInflight');
    if (this.clock.time + seconds * 1000 > message.receivedAt + LONGEST_S * 1000)
      throw new SqsError('InvalidParameterValue');
    message.visibleAt = this.clock.time + seconds * 1000;
  }
}

const isBetween = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
