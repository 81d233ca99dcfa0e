import type { GateRequest } from '../context.ts';
import type { RequestHeaders } from '../http/document.ts';
import type { Addresses } from '../notices/notice.ts';

/** What is needed of a request's surroundings to answer it. */
export type Answering = Pick<
  GateRequest,
  'settings' | 'sites' | 'recordings' | 'target' | 'line' | 'audit' | 'noteOnce'
>;

/** What a request asks with, in Node's form or the web's. */
export interface Asked {
  method: string;
  headers: RequestHeaders;
  /** For the gate's own short pages. */
  addresses: Addresses;
}
