import { messageOf } from '../lib/errors.ts';

/** What the SDK and Node put on what they throw. */
export interface Thrown {
  name?: string;
  code?: string;
  Region?: string;
  hostname?: string;
  address?: string;
  port?: number;
  $metadata?: { httpStatusCode?: number };
  $response?: { headers?: { [name: string]: string | undefined } };
}

const NETWORK = ['ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'EHOSTUNREACH'];
const PASSING = ['SlowDown', 'RequestTimeout', 'TimeoutError', 'InternalError', 'ServiceUnavailable', 'Throttling'];

export const thrown = (error: unknown): Thrown => (error && typeof error === 'object' ? error : {});

/** HTTP status of the answer that the SDK threw, or undefined where there was none. */
export const statusOf = (error: unknown): number | undefined => thrown(error).$metadata?.httpStatusCode;

/** The object does not exist; a bucket that does not exist is another matter. */
export const isMissing = (error: unknown): boolean => statusOf(error) === 404 && thrown(error).name !== 'NoSuchBucket';

/** The condition of a request did not hold. */
export const isRefused = (error: unknown): boolean => statusOf(error) === 412;

/** The range that was asked for begins where the object has ended. */
export const isBeyondEnd = (error: unknown): boolean => statusOf(error) === 416;

/** Somebody else's write of the same key was under way: neither done nor refused. */
export const isConflict = (error: unknown): boolean => statusOf(error) === 409;

/** The server has answered a request that cannot succeed, and its keys and signature are right. radosgw answers 500. */
export const tellsRights = (error: unknown): boolean =>
  [400, 404, 405, 500, 501].includes(statusOf(error) ?? 0) || thrown(error).name === 'AccessDenied';

/** What that answer says of the right to write: no such upload, or no right to look; undefined where it is of something else. */
export const mayWriteBy = (error: unknown): boolean | undefined => {
  const { name } = thrown(error);
  return name === 'NoSuchUpload' ? true : name === 'AccessDenied' ? false : undefined;
};

/** Trying again may help: the server is busy or failing, the connection broke, or the bytes came damaged. */
export function isPassing(error: unknown): boolean {
  const { name = '', code = '' } = thrown(error);
  const status = statusOf(error) ?? 0;
  if (isConflict(error) || [429, 500, 502, 503, 504].includes(status)) return true;
  if (NETWORK.includes(code) || PASSING.includes(name)) return true;
  return messageOf(error).startsWith('Checksum mismatch');
}
