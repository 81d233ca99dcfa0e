import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AccessLine } from '../context.ts';
import { loggedPath } from '../http/logged-path.ts';
import { refusal } from '../http/target.ts';
import type { Meter } from '../meter.ts';

/** As nginx has it: the connection ended before any of the answer had left. */
const NOTHING_SENT = 499;

/** The lines of the access log, and the counts of what is in them. */
export function logging(log?: (line: AccessLine) => void, meter?: Meter) {
  const lineOf = (req: IncomingMessage, refused: number | undefined = refusal(req.method, req.url)): AccessLine => ({
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
    logWhenClosed(req: IncomingMessage, res: ServerResponse, line: AccessLine, isRefused: boolean): void {
      const started = performance.now();
      const sent = req.socket.bytesWritten;
      res.once('close', () => {
        const bytes = req.socket.bytesWritten - sent;
        const status = res.headersSent && bytes > 0 ? res.statusCode : NOTHING_SENT;
        const ms = performance.now() - started;
        meter?.answered(status, ms / 1000, isRefused);
        log?.({ ...line, status, bytes, ms: Math.round(ms) });
      });
    },
    /** Of a request whose turn never came. */
    logUnanswered(req: IncomingMessage): void {
      meter?.answered(NOTHING_SENT, 0, false);
      log?.({ ...lineOf(req), status: NOTHING_SENT });
    },
  };
}
