import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AccessLine } from '../context.ts';
import { loggedPath } from '../http/logged-path.ts';
import { refusal } from '../http/target.ts';

/** As nginx has it: the connection ended before any of the answer had left. */
const NOTHING_SENT = 499;

/** The lines of the access log. */
export function logging(log?: (line: AccessLine) => void) {
  const lineOf = (req: IncomingMessage, refused = refusal(req.method, req.url)): AccessLine => ({
    at: new Date().toISOString(),
    method: req.method ?? '',
    path: loggedPath(req.url ?? '', refused !== undefined),
    status: 0,
    bytes: 0,
    ms: 0,
  });
  return {
    lineOf,
    /** Its line is written when all of the answer has left, or nobody is there any more to take it. */
    logWhenClosed(req: IncomingMessage, res: ServerResponse, line: AccessLine): void {
      const started = performance.now();
      const sent = req.socket.bytesWritten;
      res.once('close', () => {
        const bytes = req.socket.bytesWritten - sent;
        const status = res.headersSent && bytes > 0 ? res.statusCode : NOTHING_SENT;
        log?.({ ...line, status, bytes, ms: Math.round(performance.now() - started) });
      });
    },
    /** Of a request whose turn never came. */
    logUnanswered: (req: IncomingMessage): void => log?.({ ...lineOf(req), status: NOTHING_SENT }),
  };
}
