import { messageOf } from '../../lib/errors.ts';
import { type Printable, printable, say } from '../../lib/printable.ts';
import {
  CONNECTION_LOST,
  isGarbled,
  isWithoutRegion,
  KEY_UNKNOWN,
  NO_ANSWER,
  OVERLOADED,
  SESSION_OVER,
} from '../../store/aws-codes.ts';
import { type FailureKind, PipelineError } from '../errors.ts';
import { retryAfter } from '../server.ts';

interface AwsError {
  name: string;
  code?: string;
  $metadata?: { httpStatusCode?: number };
  $response?: { headers?: Record<string, string> };
}

/** Throttled, overloaded, being started, or not reached: it may go well later. */
const PASSING: ReadonlySet<string> = new Set([
  ...OVERLOADED,
  ...NO_ANSWER,
  ...CONNECTION_LOST,
  'ServiceQuotaExceededException',
  'ModelNotReadyException',
  'ModelTimeoutException',
  'ModelErrorException',
  // A server of one's own may be started in a minute, and a name be resolved.
  'ECONNREFUSED',
  'EAI_AGAIN',
]);

/** What a person can do about it. */
const TODO: readonly (readonly [(name: string) => boolean, Printable])[] = [
  [(name) => isIn(SESSION_OVER, name), say`Sign in again.`],
  [
    (name) =>
      isIn(KEY_UNKNOWN, name) ||
      /^(?:CredentialsProviderError|InvalidSignature|SignatureDoesNotMatch|IncompleteSignature|MissingAuthentication)/.test(
        name,
      ),
    say`Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the profile or role that is used.`,
  ],
  [(name) => /^(?:AccessDenied|NotAuthorized|OptInRequired)/.test(name), say`Grant the right that is missing.`],
  [
    (name) => /^(?:RegionIsMissing|ENOTFOUND|UnknownEndpoint)/.test(name),
    say`Set AWS_REGION to a region that has the service.`,
  ],
  [
    (name) => /^ResourceNotFound/.test(name),
    say`Check the name of the model, and that the account may use it in this region.`,
  ],
];

function isIn(names: readonly string[], name: string): boolean {
  return names.includes(name);
}

/**
 * What a failed request of a service of AWS means for the pipeline.
 * @param asked what was wanted of whom, such as "Amazon Bedrock could not judge a call"
 * @param hidden names that belong to one call: they are left out of what the service says
 * @throws the reason of the signal, where that stopped the request
 */
export function awsFailure(
  error: unknown,
  asked: Printable,
  signal: AbortSignal,
  hidden: readonly string[] = [],
): PipelineError {
  signal.throwIfAborted();
  if (error instanceof PipelineError) return error;
  const name = nameOf(error);
  const { $metadata, $response } = error as AwsError;
  const status = $metadata?.httpStatusCode ?? 0;
  const isGarbage = error instanceof SyntaxError || isGarbled(error, name);
  const passes = PASSING.has(name) || status >= 500 || status === 429 || isGarbage;
  const kind: FailureKind = passes ? 'retry' : 'configuration';
  const todo = TODO.find(([isMeant]) => isMeant(name))?.[1] ?? say`Correct what it names, then run again.`;
  const why = isGarbage ? say`something else than the service answered` : said(error, hidden);
  const shown = status ? say`${name}, HTTP ${status}` : printable(name);
  return new PipelineError(kind, [say`${asked}: ${why} (${shown}). ${passes ? say`It is tried again later.` : todo}`], {
    waitMs: retryAfter($response?.headers?.['retry-after']),
    cause: error,
  });
}

/** As the service or Node calls the error. */
export function nameOf(error: unknown): string {
  const { name = 'Error', code } = error as AwsError;
  if (isWithoutRegion(error)) return 'RegionIsMissing';
  if (error instanceof AggregateError && code === undefined) return nameOf(error.errors[0]);
  return (code !== undefined && /^[A-Z][A-Z_]{3,}$/.test(code) ? code : name).replace(/^.*#/, '');
}

const LONGEST = 300;

/** What the service says, without addresses of objects and without what belongs to one call. */
export function said(error: unknown, hidden: readonly string[] = []): Printable {
  let text = messageOf(error).replaceAll(/\b(?:s3|https?):\/\/[^\s"'<>]+/g, '…');
  for (const each of hidden) if (each !== '') text = text.replaceAll(each, '…');
  return text.trim() === '' || text === nameOf(error)
    ? say`it gives no reason`
    : printable(text.trim().replace(/\.$/, ''), LONGEST);
}
