import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * See to it that a request gets an answer in time, whoever does not give one: the store, Clerk, or what waits for them. A POST may
 * take longer to arrive.
 * @param late gives the answer where there is none yet; what comes afterwards is thrown away
 * @returns whether it was too late
 */
export function answerInTime(req: IncomingMessage, res: ServerResponse, ms: number, late: () => void): () => boolean {
  let isLate = false;
  const timer = setTimeout(() => {
    if (res.headersSent || req.method === 'POST') return;
    late();
    isLate = true;
    Object.assign(res, { writeHead: () => res, write: () => true, end: () => res, setHeader: () => res });
  }, ms);
  res.once('close', () => clearTimeout(timer));
  return () => isLate;
}
