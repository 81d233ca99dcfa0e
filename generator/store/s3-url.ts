import { UserError } from '../lib/errors.ts';
import { say, shownJson } from '../lib/printable.ts';
import { checkKey } from './store.ts';

/** Where an S3 store is, and how to speak to it. */
export interface S3Place {
  bucket: string;
  /** "" or ending in "/": put before every key. */
  base: string;
  /** Absent: the SDK asks the environment (`AWS_REGION`) and the profile. */
  region?: string;
  /** Absent: the SDK asks `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL` and the profile, then takes AWS. */
  endpoint?: string;
  /** The bucket goes into the path, not into the host name. */
  pathStyle: boolean;
  /** AWS itself, and no server that speaks as it does. */
  aws: boolean;
  sse?: 'AES256' | 'aws:kms' | 'aws:kms:dsse';
  kmsKeyId?: string;
}

const OPTIONS: { [name: string]: (value: string) => boolean } = {
  endpoint: (value) => /^https?:$/.test(URL.parse(value)?.protocol ?? ''),
  region: (value) => /^[a-z0-9-]+$/.test(value),
  pathStyle: (value) => /^[01]$/.test(value),
  sse: (value) => /^(AES256|aws:kms|aws:kms:dsse)$/.test(value),
  kmsKeyId: (value) => value !== '',
};

/**
 * Read `s3://bucket`, `s3://bucket/prefix` and their options after `?`: endpoint, region, pathStyle, sse, kmsKeyId.
 * The prefix is taken as it stands, with no decoding of `%`. Credentials never stand in a URL.
 * @throws {UserError} naming what is wrong.
 */
export function readS3Url(url: string, env: NodeJS.ProcessEnv = process.env): S3Place {
  const parts = /^s3:\/\/([a-z0-9.-]+)(?:\/([^?#]*))?(?:\?([^#]*))?$/.exec(url);
  if (!parts || !isBucket(parts[1] ?? '')) throw unusable(url, 'write it as s3://bucket or s3://bucket/prefix');
  const [, bucket = '', path = '', query = ''] = parts;
  const options = new Map(new URLSearchParams(query));
  for (const [name, value] of options) {
    const check = OPTIONS[name];
    if (!check) throw unusable(url, `${name} is not one of its options: ${Object.keys(OPTIONS).join(', ')}`);
    if (!check(value)) throw unusable(url, `${name} cannot be ${shownJson(value)}`);
  }
  const sse = options.get('sse') as S3Place['sse'];
  if (options.has('kmsKeyId') && !sse?.startsWith('aws:kms')) throw unusable(url, 'kmsKeyId needs sse=aws:kms');
  const endpoint = options.get('endpoint');
  const reached = endpoint ?? (env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL);
  const aws = reached === undefined || /(^|\.)amazonaws\.com(\.cn)?$/.test(URL.parse(reached)?.hostname ?? '');
  const pathStyle = options.has('pathStyle') ? options.get('pathStyle') === '1' : !aws;
  const region = options.get('region') ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION || (aws ? undefined : 'us-east-1'));
  return {
    bucket,
    base: baseOf(url, path),
    pathStyle,
    aws,
    ...(region && { region }),
    ...(endpoint && { endpoint }),
    ...(sse && { sse }),
    ...(options.has('kmsKeyId') && { kmsKeyId: options.get('kmsKeyId') as string }),
  };
}

/** What is wrong with an `s3:` URL, as the end of a sentence; undefined where nothing is. */
export function s3UrlProblem(url: string): string | undefined {
  try {
    readS3Url(url);
    return undefined;
  } catch (error) {
    if (error instanceof Unusable) return error.why;
    throw error;
  }
}

/** 3 to 63 characters, of which the first and the last are letters or digits. */
const isBucket = (name: string): boolean =>
  name.length >= 3 && name.length <= 63 && /^[a-z0-9]/.test(name) && /[a-z0-9]$/.test(name);

function baseOf(url: string, path: string): string {
  if (path === '') return '';
  const folder = path.replace(/\/$/, '');
  try {
    checkKey(folder);
  } catch {
    throw unusable(url, 'its prefix cannot be used as a folder');
  }
  return `${folder}/`;
}

class Unusable extends UserError {
  readonly why: string;

  constructor(url: string, why: string) {
    super([say`${shownJson(url)} ${why}.`]);
    this.why = why;
  }
}

const unusable = (url: string, why: string): Unusable => new Unusable(url, `is not an S3 store: ${why}`);
