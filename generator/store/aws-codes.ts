import { messageOf } from '../lib/errors.ts';

/*
 * What AWS's services, their clients and Node call an error, by what it means. Stores, change feeds and mail tell of it in one way
 * (aws-reasons.ts), the pipeline's engines in another: the names are the same.
 */

/** The access key is not known there. */
export const KEY_UNKNOWN = ['InvalidAccessKeyId', 'InvalidClientTokenId', 'UnrecognizedClientException'] as const;

/** The session of the credentials is over. */
export const SESSION_OVER = [
  'ExpiredToken',
  'ExpiredTokenException',
  'TokenRefreshRequired',
  'InvalidToken',
  'TokenProviderError',
] as const;

/** No answer came in time. */
export const NO_ANSWER = ['TimeoutError', 'RequestTimeout', 'ETIMEDOUT', 'ESOCKETTIMEDOUT'] as const;

/** The connection failed. */
export const CONNECTION_LOST = [
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
] as const;

/** Too much is asked of the service, or it fails. */
export const OVERLOADED = [
  'SlowDown',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'InternalError',
  'InternalFailure',
  'InternalFailureException',
  'InternalServerException',
  'Throttling',
  'ThrottlingException',
  'RequestThrottled',
  'KmsThrottled',
  'TooManyRequestsException',
  'RequestLimitExceeded',
] as const;

/** What Node and the clients say where no region is set, which has no name of its own. */
export const isWithoutRegion = (error: unknown): boolean => messageOf(error) === 'Region is missing';

/** Whether what answered speaks no protocol of AWS. @param code of Node, where there is one */
export const isGarbled = (error: unknown, code: string | undefined): boolean =>
  /^HPE_/.test(code ?? '') || messageOf(error).includes('Deserialization error');
