import type { S3Client } from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import { counted } from '../lib/words.ts';
import { isPassing } from './s3-errors.ts';
import type { ObjectAnswer, ObjectRequest } from './s3-get.ts';
import type { S3Place } from './s3-url.ts';
import type { OpenWire, S3Options } from './s3-wire.ts';

type Sdk = typeof import('@aws-sdk/client-s3');

/** What a request is made with. */
interface Wire {
  client: Pick<S3Client, 'send'>;
  sdk: Sdk;
  /** Quicker than the client for what is asked most. @returns undefined where the client has to ask */
  read: (request: ObjectRequest) => Promise<ObjectAnswer | undefined>;
  share: OpenWire['share'];
}

/** Run one request: the work makes it, sends it, and reads the answer to its end. */
export type Send = <T>(work: (wire: Wire) => Promise<T>) => Promise<T>;

const LONGEST_PAUSE_MS = 5_000;
/** What is stored in one object, in no more than some hundred MB, comes in this time over any line that is of use. */
const LONGEST_REQUEST_MS = 15 * 60_000;

/**
 * A client that is made when first used: loading the SDK takes longer than a whole small build. The SDK's own retries
 * are off, as they end when the headers are there, and a body may still be cut.
 */
export function sender(place: S3Place, options: S3Options): Send {
  const { atOnce = 64, attempts = 8, pauseMs = 100, longestMs = LONGEST_REQUEST_MS } = options;
  // In order of arrival; requests that waited inside the agent would time out.
  const limit = pLimit(atOnce);
  let made: Promise<OpenWire> | undefined;
  return async (work) => {
    made ??= import('./s3-wire.ts').then(({ openWire }) => openWire(place, options));
    const { client, sdk, read, share } = await made;
    const time = new AbortController();
    const { signal } = time;
    const bounded = {
      send: (command: Parameters<S3Client['send']>[0]) => client.send(command, { abortSignal: signal }),
    } as Pick<S3Client, 'send'>;
    let timer: NodeJS.Timeout | undefined;
    try {
      for (let attempt = 1; ; attempt++) {
        try {
          return await limit(() => {
            // What waits for its turn is no request yet.
            timer ??= setTimeout(() => time.abort(), longestMs).unref();
            return work({ client: bounded, sdk, share, read: (request) => read(request, signal) });
          });
        } catch (error) {
          if (signal.aborted) throw new Error(`not done in ${counted(Math.ceil(longestMs / 60_000), 'minute')}`);
          if (attempt >= attempts || !isPassing(error)) throw error;
        }
        // Any pause up to the longest: clients that were refused together must not come back together.
        const longest = Math.min(LONGEST_PAUSE_MS, pauseMs * 2 ** (attempt - 1));
        await new Promise((wake) => setTimeout(wake, Math.random() * longest));
      }
    } finally {
      clearTimeout(timer);
    }
  };
}
