import type { IncomingMessage, ServerResponse } from 'node:http';
import { readToken, unsubscribe } from '../../generator/digest/preferences.ts';
import type { Store } from '../../generator/store/store.ts';

/** Where the links of digests lead: the one path that takes a POST. */
export const UNSUBSCRIBE_PATH = '/u/';
/** "List-Unsubscribe=One-Click" is 26 bytes; a form of a person's is not longer. */
const MAX_BODY = 1024;
const MAX_TOKEN = 512;

export interface UnsubscribeOptions {
  reports: Store;
  /** The current key, and the one before it. */
  keys: readonly string[];
  now?: () => Date;
}

export type UnsubscribePages = ReturnType<typeof unsubscribePages>;

/**
 * Answers `/u/<token>` without a session: GET asks, only POST changes anything, as mail scanners open every link. Good and bad
 * tokens get the same answers, so none can be tried out.
 */
export function unsubscribePages({ reports, keys, now = () => new Date() }: UnsubscribeOptions) {
  return async (req: IncomingMessage, res: ServerResponse, token: string): Promise<void> => {
    if (req.method === 'GET' || req.method === 'HEAD') return say(res, 200, ASK, req.method === 'HEAD');
    if (req.method !== 'POST') {
      res.setHeader('allow', 'GET, HEAD, POST');
      return say(res, 405, NOT_SO);
    }
    if (!(await isShort(req))) return say(res, 413, NOT_SO);
    const subscription = token.length <= MAX_TOKEN ? readToken(token, keys) : undefined;
    if (subscription) await unsubscribe(reports, subscription, now());
    say(res, 200, DONE);
  };
}

/** Reads the body away; the request is over where it is too long. */
async function isShort(req: IncomingMessage): Promise<boolean> {
  let length = 0;
  for await (const chunk of req) {
    length += (chunk as Buffer).length;
    if (length > MAX_BODY) return false;
  }
  return true;
}

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;

const ASK = page(
  'Stop the daily digest?',
  '<p>You will get no more daily digests at this address. Your access to the reports stays.</p>\n<form method="post"><button type="submit">Stop the digest</button></form>',
);
const DONE = page(
  'The digest is stopped',
  '<p>If this link was yours, you get no more daily digests. To have them again, ask whoever set them up for you.</p>',
);
const NOT_SO = page('Not understood', '<p>Open the link of your digest again.</p>');

function say(res: ServerResponse, status: number, body: string, headOnly = false): void {
  if (status !== 200) res.setHeader('connection', 'close');
  res.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  });
  res.end(headOnly ? undefined : body);
}
