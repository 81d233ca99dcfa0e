import { messageOf, UserError } from '../lib/errors.ts';
import { say } from '../lib/printable.ts';

/** What the SDK and Node put on what they throw. */
interface Thrown {
  name?: string;
  code?: string;
  $metadata?: { httpStatusCode?: number };
}

const NETWORK = ['ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'EHOSTUNREACH'];
const PASSING = ['SlowDown', 'RequestTimeout', 'TimeoutError', 'InternalError', 'ServiceUnavailable', 'Throttling'];

const thrown = (error: unknown): Thrown => (error && typeof error === 'object' ? error : {});

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

/** Trying again may help: the server is busy or failing, the connection broke, or the bytes came damaged. */
export function isPassing(error: unknown): boolean {
  const { name = '', code = '' } = thrown(error);
  const status = statusOf(error) ?? 0;
  if (isConflict(error) || [429, 500, 502, 503, 504].includes(status)) return true;
  if (NETWORK.includes(code) || PASSING.includes(name)) return true;
  return messageOf(error).startsWith('Checksum mismatch');
}

/** The error to throw on: what a person can put right as such, the rest with the place where it happened. */
export function explained(error: unknown, bucket: string, doing: string): Error {
  const { name } = thrown(error);
  const where = `s3://${bucket}`;
  if (name === 'CredentialsProviderError' || name === 'ExpiredToken' || name === 'TokenProviderError')
    return new UserError([
      say`No valid AWS credentials for ${where}: ${messageOf(error)}. Sign in, then run the command again.`,
    ]);
  if (name === 'NoSuchBucket') return new UserError([say`There is no bucket ${where}. Correct its name or create it.`]);
  if (name === 'PermanentRedirect' || messageOf(error) === 'Region is missing')
    return new UserError([
      say`The region of ${where} is missing or wrong: set AWS_REGION, or add ?region= to its URL.`,
    ]);
  return new Error(`${where}: ${doing}: ${name && name !== 'Error' ? `${name}: ` : ''}${messageOf(error)}`, {
    cause: error,
  });
}
