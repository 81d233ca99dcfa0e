import { type Printable, say } from '../lib/printable.ts';
import { type AwsFailure, type AwsReason, explainedBy } from './aws-reasons.ts';
import { thrown } from './s3-errors.ts';
import type { S3Place } from './s3-url.ts';

/** What was asked of a bucket. */
export interface Request {
  verb: 'list' | 'read' | 'write' | 'remove';
  /** Or the prefix of a listing; without the part of the bucket that the store's URL names. */
  key: string;
}

interface Failure extends AwsFailure, Request {
  place: S3Place;
  /** The bucket and, where there is one, the prefix. */
  bucket: Printable;
}

const RIGHTS = { list: 's3:ListBucket', read: 's3:GetObject', write: 's3:PutObject', remove: 's3:DeleteObject' };
const ENDPOINT = 'endpoint= in its URL, or AWS_ENDPOINT_URL_S3 and AWS_ENDPOINT_URL';

/** What S3 and servers like it answer: code → sentence. */
const REASONS: readonly AwsReason<Failure>[] = [
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
    codes: ['QuotaExceeded', 'XMinioStorageFull', 'InsufficientStorage', 'StorageFull', '507'],
    why: () => say`the store is full`,
    todo: () => say`Free some space or raise its quota, then run the command again.`,
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
  const asked = say`Cannot ${request.verb} s3://${place.bucket}/${place.base}${request.key}`;
  const bucket = say`s3://${place.bucket}${place.base && `/${place.base}`}`;
  const about = { service: 'S3', what: 'the store', endpoint: ENDPOINT } as const;
  return explainedBy(REASONS, error, asked, { ...request, ...about, place, bucket });
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
