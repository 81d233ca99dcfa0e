import type { ServerResponse } from 'node:http';
import type { Answer, Bucket } from './objects.ts';
import type { LoggedRequest } from './request.ts';

/**
 * What goes wrong: before the request is looked at ("reset", a status), or after the work was done and before all of
 * the answer has left ("lost": nothing of it, "cut": half of the body, "stall": half of the body and then silence).
 */
export interface Fault {
  /** Absent: any. */
  when?: (request: LoggedRequest) => boolean;
  /** Absent: once. */
  times?: number;
  kind?: 'reset' | 'lost' | 'cut' | 'stall';
  status?: number; // e.g., 503
  /** Of the error with that status. */
  code?: string; // e.g., "SlowDown"
  message?: string;
  delayMs?: number;
  /** Somebody else's work, done before the request is looked at. */
  change?: (bucket: Bucket) => void;
  /** Called when the work was done, before any of the answer leaves. */
  done?: () => void;
}

/** The first fault that meets the request; used up where it has met as many as it should. */
export function nextFault(faults: Fault[], request: LoggedRequest): Fault | undefined {
  const at = faults.findIndex(({ when }) => !when || when(request));
  const fault = faults[at];
  if (!fault) return undefined;
  fault.times = (fault.times ?? 1) - 1;
  if (fault.times <= 0) faults.splice(at, 1);
  return fault;
}

export function breakOff(kind: Fault['kind'], response: ServerResponse, { status, headers = {}, body }: Answer): void {
  const whole = body ?? new Uint8Array();
  if (kind === 'lost' || whole.byteLength === 0) return void response.socket?.resetAndDestroy();
  response.writeHead(status, { ...headers, 'content-length': whole.byteLength });
  response.write(whole.subarray(0, Math.floor(whole.byteLength / 2)), () => {
    if (kind === 'cut') response.socket?.end();
  });
}
