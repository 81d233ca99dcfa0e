import { strip } from '#shared/format/strip.ts';
import { messageOf, Unavailable, UserError } from '../lib/errors.ts';
import { type Printable, say } from '../lib/printable.ts';
import { statusOf, thrown } from './s3-errors.ts';
import type { S3Place } from './s3-url.ts';

/** What was asked of a bucket. */
export interface Request {
  verb: 'list' | 'read' | 'write' | 'remove';
  /** Or the prefix of a listing; without the part of the bucket that the store's URL names. */
  key: string;
}

interface Failure extends Request {
  place: S3Place;
  error: unknown;
  /** The bucket and, where there is one, the prefix. */
  bucket: Printable;
  /** What the service or Node says, where it says something. */
  message: string;
}

/** Why a request failed, and what to do. `passing`: no setting is wrong, and a later run may work. */
interface Reason {
  codes: readonly string[];
  why: (failure: Failure) => Printable;
  todo: (failure: Failure) => Printable;
  passing?: true;
}

const RIGHTS = { list: 's3:ListBucket', read: 's3:GetObject', write: 's3:PutObject', remove: 's3:DeleteObject' };
const KEYS = 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the profile or role that is used';
const ENDPOINT = 'endpoint= in its URL, or AWS_ENDPOINT_URL_S3 and AWS_ENDPOINT_URL';

/** One table of what S3, servers like it, and the way to them answer: code → sentence. */
const REASONS: readonly Reason[] = [
  {
    codes: ['SignatureDoesNotMatch'],
    why: () => say`the secret access key is not the one that belongs to the access key id`,
    todo: () => say`Check ${KEYS}; copy the secret whole.`,
  },
  {
    codes: ['InvalidAccessKeyId', 'InvalidClientTokenId', 'UnrecognizedClientException'],
    why: () => say`the access key id is not known there`,
    todo: () => say`Check ${KEYS}; the key may be deleted, or belong to another service.`,
  },
  {
    codes: ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired', 'InvalidToken', 'TokenProviderError'],
    why: () => say`the session of the AWS credentials is over or not valid`,
    todo: () => say`Sign in again, then run the command again.`,
  },
  {
    codes: ['CredentialsProviderError'],
    why: ({ message }) => say`there are no valid AWS credentials: ${message}`,
    todo: () => say`Sign in, or set ${KEYS}. Then run the command again.`,
  },
  {
    codes: ['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture'],
    why: ({ error }) => say`the clock of this machine is wrong: ${clocks(error)}`,
    todo: () => say`Set the clock, for example by NTP, then run the command again.`,
  },
  {
    codes: ['InvalidObjectState'],
    why: () => say`the object is archived and cannot be read at once`,
    todo: () => say`Restore it, and take its folder out of the bucket’s lifecycle rules.`,
  },
  {
    codes: ['KMS.DisabledException', 'KMS.NotFoundException', 'KMS.KMSInvalidStateException', 'KMSAccessDenied'],
    why: ({ message }) => say`its KMS key cannot be used: ${message}`,
    todo: () => say`Enable the key, and grant kms:GenerateDataKey and kms:Decrypt on it.`,
  },
  {
    codes: ['AccessDenied', 'AccessDeniedException', 'AllAccessDisabled', 'AccountProblem', 'NotSignedUp', '403'],
    why: ({ verb, message }) => say`these credentials may not ${verb} there${message && `: ${message}`}`,
    todo: rightsTodo,
  },
  {
    codes: ['NoSuchBucket', 'InvalidBucketName', 'NotFound', '404'],
    why: ({ place }) => say`there is no bucket s3://${place.bucket}${place.endpoint ? say` at ${place.endpoint}` : ''}`,
    todo: () => say`Correct its name or create it.`,
  },
  {
    codes: [
      'RegionIsMissing',
      'PermanentRedirect',
      'AuthorizationHeaderMalformed',
      'IllegalLocationConstraintException',
      'IncorrectEndpoint',
      '301',
      '307',
    ],
    why: ({ error }) => say`the region of the bucket is missing or wrong${regionHint(error)}`,
    todo: () => say`Set AWS_REGION, or add ?region= to its URL.`,
  },
  {
    codes: ['ECONNREFUSED'],
    why: ({ error }) => say`nothing listens at ${addressOf(error)}`,
    todo: () => say`Start the server, or correct ${ENDPOINT}.`,
  },
  {
    codes: ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL'],
    why: ({ error }) => say`the name ${thrown(error).hostname ?? 'of its host'} is not known to the DNS`,
    todo: () => say`Check the network, and ${ENDPOINT}.`,
  },
  {
    codes: ['TLS'],
    why: ({ error, message }) => say`no secure connection could be made: ${message} (${thrown(error).code ?? ''})`,
    todo: () =>
      say`Check ${ENDPOINT}, and whether the server speaks TLS; name the authority of a private certificate with NODE_EXTRA_CA_CERTS.`,
  },
  {
    codes: ['NoS3'],
    why: () => say`what answers there does not speak S3`,
    todo: () => say`Check ${ENDPOINT}: it must be the address of the S3 service, not that of its web pages.`,
  },
  {
    codes: ['QuotaExceeded', 'XMinioStorageFull', 'InsufficientStorage', 'StorageFull', '507'],
    why: () => say`the store is full`,
    todo: () => say`Free some space or raise its quota, then run the command again.`,
    passing: true,
  },
  {
    codes: ['TimeoutError', 'RequestTimeout', 'ETIMEDOUT', 'ESOCKETTIMEDOUT', '408'],
    why: () => say`no answer came in time, each time it was tried`,
    todo: () => say`Check the network and ${ENDPOINT}, then run the command again.`,
    passing: true,
  },
  {
    codes: ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'],
    why: ({ message }) => say`the connection failed each time it was tried: ${message}`,
    todo: () => say`Check the network and ${ENDPOINT}, then run the command again.`,
    passing: true,
  },
  {
    codes: [
      'SlowDown',
      'ServiceUnavailable',
      'InternalError',
      'Throttling',
      'ThrottlingException',
      '429',
      '500',
      '502',
      '503',
      '504',
    ],
    why: () => say`the store is overloaded or failing, each time it was tried`,
    todo: () => say`Run the command again later.`,
    passing: true,
  },
  {
    codes: ['ConditionalRequestConflict', 'OperationAborted', '409'],
    why: () => say`others wrote it at the same time, each time it was tried`,
    todo: () => say`Run the command again.`,
    passing: true,
  },
  {
    codes: ['NotImplemented', 'MethodNotAllowed', '405', '501'],
    why: ({ message }) => say`the server does not know this request${message && `: ${message}`}`,
    todo: () => say`Use a server that supports it, or a newer version of it.`,
  },
];

/** The error to throw on. What a person can put right says so in a sentence; the rest says what was being done. */
export function explained(error: unknown, place: S3Place, request: Request): Error {
  const code = codeOf(error);
  const reason =
    REASONS.find(({ codes }) => codes.includes(code)) ??
    REASONS.find(({ codes }) => codes.includes(String(statusOf(error))));
  const said = strip(messageOf(error), undefined, /[\s.]/);
  const message = [code, 'UnknownError'].some((name) => isSame(name, said)) ? '' : said;
  const what = say`Cannot ${request.verb} s3://${place.bucket}/${place.base}${request.key}`;
  const bucket = say`s3://${place.bucket}${place.base && `/${place.base}`}`;
  const failure = { ...request, place, error, bucket, message };
  if (reason) {
    const sentence = say`${what}: ${reason.why(failure)} (${codeShown(error, code)}). ${reason.todo(failure)}`;
    return new (reason.passing ? Unavailable : UserError)([sentence], { cause: error });
  }
  const status = statusOf(error);
  if (status === undefined)
    return new Error(`${what}: ${code === 'Error' ? '' : `${code}: `}${message}`, { cause: error });
  const refused = say`${what}: the server refused it (${code}${message && `: ${message}`}). Check its URL, and whether the server supports S3 as AWS does.`;
  return new UserError([refused], { cause: error });
}

/** "Access Denied" says no more than AccessDenied. */
const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.replaceAll(/\W/g, '').toLowerCase();

/** What the table knows an error by: its name at S3, its code in Node, or a name of ours. */
function codeOf(error: unknown): string {
  const { name = 'Error', code } = thrown(error);
  const message = messageOf(error);
  if (message === 'Region is missing') return 'RegionIsMissing';
  if (code !== undefined && /CERT|TLS|SSL|^EPROTO$|ISSUER|SELF_SIGNED/.test(code)) return 'TLS';
  if (/^HPE_/.test(code ?? '') || /Deserialization error|is not expected\.:\d|^answered without an ETag/.test(message))
    return 'NoS3';
  if (/\bkms:/i.test(message) && statusOf(error) === 403) return 'KMSAccessDenied';
  // Both families of addresses were tried.
  if (error instanceof AggregateError && code === undefined) return codeOf(error.errors[0]);
  return /^E[A-Z]{3}/.test(code ?? '') ? (code as string) : name;
}

/** As the service or Node calls it. */
function codeShown(error: unknown, code: string): string {
  const { name = '', code: own } = thrown(error);
  return ['TLS', 'NoS3', 'RegionIsMissing', 'KMSAccessDenied', 'Unknown'].includes(code) || code === 'UnknownError'
    ? (own ?? (name && name !== 'Error' ? name : `HTTP ${statusOf(error) ?? '?'}`))
    : code;
}

function addressOf(error: unknown): string {
  const { address, port } = thrown(error instanceof AggregateError ? error.errors[0] : error);
  return address === undefined ? 'its address' : `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

function clocks(error: unknown): string {
  const theirs = Date.parse(thrown(error).$response?.headers?.date ?? '');
  const here = `here it is ${new Date().toISOString()}`;
  return Number.isNaN(theirs) ? here : `${here}, there ${new Date(theirs).toISOString()}`;
}

function regionHint(error: unknown): string {
  const { Region, $response } = thrown(error);
  const region = Region ?? $response?.headers?.['x-amz-bucket-region'];
  return region === undefined ? '' : `: it is in ${region}`;
}

function rightsTodo({ verb, place, bucket }: Failure): Printable {
  const right = RIGHTS[verb];
  const also =
    verb === 'read'
      ? ', and s3:ListBucket, without which an object that is not there looks forbidden'
      : verb === 'write' && place.sse?.startsWith('aws:kms')
        ? ', and kms:GenerateDataKey on its KMS key'
        : '';
  return say`Grant ${right} for ${bucket}${also}.`;
}
