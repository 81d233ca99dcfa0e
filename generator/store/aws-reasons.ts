import { strip } from '#shared/format/strip.ts';
import { messageOf, Unavailable, UserError } from '../lib/errors.ts';
import { type Printable, say } from '../lib/printable.ts';
import {
  CONNECTION_LOST,
  isGarbled,
  isWithoutRegion,
  KEY_UNKNOWN,
  NO_ANSWER,
  OVERLOADED,
  SESSION_OVER,
} from './aws-codes.ts';
import { statusOf, thrown } from './s3-errors.ts';

/** A request to a service of AWS, or to a server that speaks as it does, which failed. */
export interface AwsFailure {
  error: unknown;
  /** What the service or Node says, where it says something. */
  message: string;
  service: string; // e.g., "S3"
  /** What was asked, in a sentence. */
  what: string; // e.g., "the store"
  /** The settings that say where the server is. */
  endpoint: string;
}

/** Why a request failed, and what to do. `passing`: no setting is wrong, and a later run may work. */
export interface AwsReason<Failure extends AwsFailure = AwsFailure> {
  codes: readonly string[];
  why: (failure: Failure) => Printable;
  todo: (failure: Failure) => Printable;
  passing?: true;
}

const KEYS = 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the profile or role that is used';

/** What any service of AWS, and the way to it, answers: code → sentence. */
const AWS_REASONS: readonly AwsReason[] = [
  {
    codes: ['SignatureDoesNotMatch'],
    why: () => say`the secret access key is not the one that belongs to the access key id`,
    todo: () => say`Check ${KEYS}; copy the secret whole.`,
  },
  {
    codes: KEY_UNKNOWN,
    why: () => say`the access key id is not known there`,
    todo: () => say`Check ${KEYS}; the key may be deleted, or belong to another service.`,
  },
  {
    codes: SESSION_OVER,
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
    codes: ['ECONNREFUSED'],
    why: ({ error }) => say`nothing listens at ${addressOf(error)}`,
    todo: ({ endpoint }) => say`Start the server, or correct ${endpoint}.`,
  },
  {
    codes: ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL'],
    why: ({ error }) => say`the name ${thrown(error).hostname ?? 'of its host'} is not known to the DNS`,
    todo: ({ endpoint }) => say`Check the network, and ${endpoint}.`,
  },
  {
    codes: ['TLS'],
    why: ({ error, message }) => say`no secure connection could be made: ${message} (${thrown(error).code ?? ''})`,
    todo: ({ endpoint }) =>
      say`Check ${endpoint}, and whether the server speaks TLS; name the authority of a private certificate with NODE_EXTRA_CA_CERTS.`,
  },
  {
    codes: ['NoSuchProtocol'],
    why: ({ service }) => say`what answers there does not speak ${service}`,
    todo: ({ endpoint, service }) =>
      say`Check ${endpoint}: it must be the address of the ${service} service, not that of its web pages.`,
  },
  {
    codes: [...NO_ANSWER, '408'],
    why: () => say`no answer came in time, each time it was tried`,
    todo: ({ endpoint }) => say`Check the network and ${endpoint}, then run the command again.`,
    passing: true,
  },
  {
    codes: CONNECTION_LOST,
    why: ({ message }) => say`the connection failed each time it was tried: ${message}`,
    todo: ({ endpoint }) => say`Check the network and ${endpoint}, then run the command again.`,
    passing: true,
  },
  {
    codes: [...OVERLOADED, '429', '500', '502', '503', '504'],
    why: ({ what }) => say`${what} is overloaded or failing, each time it was tried`,
    todo: () => say`Run the command again later.`,
    passing: true,
  },
];

/**
 * The error to throw on. What a person can put right says so in a sentence; the rest says what was being done.
 * @param asked e.g., "Cannot read s3://bucket/a.json"
 * @param reasons of this service, beside those of any
 */
export function explainedBy<Failure extends AwsFailure>(
  reasons: readonly AwsReason<Failure>[],
  error: unknown,
  asked: Printable,
  rest: Omit<Failure, 'error' | 'message'>,
): Error {
  const code = codeOf(error);
  const all = [...reasons, ...AWS_REASONS];
  const reason =
    all.find(({ codes }) => codes.includes(code)) ?? all.find(({ codes }) => codes.includes(String(statusOf(error))));
  const said = strip(messageOf(error), undefined, /[\s.]/);
  const message = [code, 'UnknownError'].some((name) => isSame(name, said)) ? '' : said;
  if (reason) {
    const failure = { ...rest, error, message } as Failure;
    const sentence = say`${asked}: ${reason.why(failure)} (${codeShown(error, code)}). ${reason.todo(failure)}`;
    return new (reason.passing ? Unavailable : UserError)([sentence], { cause: error });
  }
  if (statusOf(error) === undefined)
    return new Error(`${asked}: ${code === 'Error' ? '' : `${code}: `}${message}`, { cause: error });
  const refused = say`${asked}: the server refused it (${code}${message && `: ${message}`}). Check its URL, and whether the server supports ${rest.service} as AWS does.`;
  return new UserError([refused], { cause: error });
}

/** "Access Denied" says no more than AccessDenied. */
const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.replaceAll(/\W/g, '').toLowerCase();

/** What the tables know an error by: its name at the service, its code in Node, or a name of ours. */
function codeOf(error: unknown): string {
  const { name = 'Error', code } = thrown(error);
  const message = messageOf(error);
  if (isWithoutRegion(error)) return 'RegionIsMissing';
  if (code !== undefined && /CERT|TLS|SSL|^EPROTO$|ISSUER|SELF_SIGNED/.test(code)) return 'TLS';
  if (isGarbled(error, code) || /is not expected\.:\d|^answered without an ETag/.test(message)) return 'NoSuchProtocol';
  if (/\bkms:/i.test(message) && statusOf(error) === 403) return 'KMSAccessDenied';
  // Both families of addresses were tried.
  if (error instanceof AggregateError && code === undefined) return codeOf(error.errors[0]);
  return /^E[A-Z]{3}/.test(code ?? '') ? (code as string) : name;
}

/** As the service or Node calls it. */
function codeShown(error: unknown, code: string): string {
  const { name = '', code: own } = thrown(error);
  return ['TLS', 'NoSuchProtocol', 'RegionIsMissing', 'KMSAccessDenied', 'Unknown'].includes(code) ||
    code === 'UnknownError'
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
