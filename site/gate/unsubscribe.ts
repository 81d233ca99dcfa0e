import type { IncomingMessage, ServerResponse } from 'node:http';
import { readToken, unsubscribe, unsubscribeFromAll } from '../../generator/digest/recipients/preferences.ts';
import type { Store } from '../../generator/store/store.ts';
import { STORE_MS, withTimeLimit } from './content/time-limit.ts';
import { NOTICE_CSP } from './http/headers.ts';
import { type NoticeText, noticePage } from './notices/notice-page.ts';

/** Where the links of digests lead: the one path that takes a POST. */
export const UNSUBSCRIBE_PATH = '/u/';
/** "List-Unsubscribe=One-Click" is 26 bytes; a form of a person's is not longer. */
export const MAX_BODY = 1024;
const MAX_TOKEN = 512;

export interface UnsubscribeOptions {
  reports: Store;
  /** The current key, and the one before it. */
  keys: readonly string[];
  now?: () => Date;
  /** How long the store may take for an answer. */
  storeMs?: number;
}

export interface UnsubscribePages {
  /** Whether a token is one of ours. Only the others are limited: mail services click for many readers from few addresses. */
  accepts(token: string): boolean;
  /**
   * @param token what stands behind the path
   * @param sheet address of the gate's style sheet
   * @throws where the store fails
   */
  answer(req: IncomingMessage, res: ServerResponse, token: string, sheet: string): Promise<void>;
}

/**
 * Answers `/u/<token>` without a session: GET asks, only POST changes anything, as mail scanners open every link. Good and bad
 * tokens get the same pages.
 */
export function unsubscribePages({
  reports,
  keys,
  now = () => new Date(),
  storeMs = STORE_MS,
}: UnsubscribeOptions): UnsubscribePages {
  const store = withTimeLimit(reports, () => storeMs);
  const read = (token: string) => (token.length <= MAX_TOKEN ? readToken(token, keys) : undefined);

  async function answer(req: IncomingMessage, res: ServerResponse, token: string, sheet: string): Promise<void> {
    if (req.method === 'GET' || req.method === 'HEAD') return say(req, res, 200, ASK, sheet);
    if (req.method !== 'POST') {
      res.setHeader('allow', 'GET, HEAD, POST');
      return say(req, res, 405, NOT_SO, sheet);
    }
    const body = await bodyOf(req);
    if (body === undefined) return say(req, res, 413, NOT_SO, sheet);
    const isAll = new URLSearchParams(body).get(ALL) === '1';
    const subscription = read(token);
    if (subscription) await (isAll ? unsubscribeFromAll : unsubscribe)(store, subscription, now());
    say(req, res, 200, isAll ? ALL_DONE : DONE, sheet);
  }

  return { accepts: (token) => read(token) !== undefined, answer };
}

/** Reads the body, and no further than it may be long. @returns undefined where it is longer */
function bodyOf(req: IncomingMessage): Promise<string | undefined> {
  return new Promise((done) => {
    const chunks: Buffer[] = [];
    let length = 0;
    req.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MAX_BODY) return void chunks.push(chunk);
      req.pause();
      done(undefined);
    });
    req.on('end', () => done(length <= MAX_BODY ? Buffer.concat(chunks).toString() : undefined));
    // Whoever goes away in the middle gets no answer, and is no failure of ours.
    req.on('error', () => done(undefined));
  });
}

/** Field of the form by which a reader ends digests of every kind. */
const ALL = 'all';

const ASK: NoticeText = {
  title: 'Stop this digest?',
  text: [
    '“Stop this digest” ends the mails of this kind (daily, weekly or monthly) to the address that this link was sent to. “Stop all digests” ends those of every kind.',
    'Your access to the reports does not change.',
  ],
  button: 'Stop this digest',
  other: { name: ALL, value: '1', words: 'Stop all digests' },
};
const DONE: NoticeText = {
  title: 'The digest is stopped',
  text: [
    'If this link came from your digest, you will get no more of these digests.',
    'To get them again, ask the person who set them up for you.',
  ],
};
const ALL_DONE: NoticeText = {
  title: 'All digests are stopped',
  text: ['If this link came from your digest, you will get no more digests of any kind.', ...DONE.text.slice(1)],
};
const NOT_SO: NoticeText = {
  title: 'Invalid request',
  text: ['Nothing was changed. Open the link in your digest again.'],
};

function say(req: IncomingMessage, res: ServerResponse, status: number, notice: NoticeText, sheet: string): void {
  const body = noticePage(notice, sheet);
  if (status !== 200) res.setHeader('connection', 'close');
  res.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'content-security-policy': NOTICE_CSP,
    'cache-control': 'no-store',
    // The address is a secret of its reader's.
    'referrer-policy': 'no-referrer',
  });
  res.end(req.method === 'HEAD' ? undefined : body);
}
