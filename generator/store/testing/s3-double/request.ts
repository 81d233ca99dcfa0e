import type { IncomingMessage } from 'node:http';

/** One request, as the double's log keeps it. */
export interface LoggedRequest {
  method: string;
  /** "" where the bucket itself is meant. */
  key: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  /** Absent: cut or reset by a fault. */
  status?: number;
}
