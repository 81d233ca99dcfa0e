import type { AwsPlace } from '../../pipeline/aws/clients.ts';
import type { Config } from '../../pipeline/config.ts';
import { readS3Url, type S3Place } from '../../store/s3-url.ts';

/** What of an installation is in AWS. */
export interface OnAws {
  place: AwsPlace;
  /** Names of its buckets. */
  buckets: string[];
}

/**
 * What is in AWS, by the addresses of stores and the engines of organizations; undefined: nothing. Servers that speak as S3 does are not AWS.
 * @param urls of the stores, where they are set
 */
export function onAws(
  urls: readonly (string | undefined)[],
  configs: readonly Config[],
  env: NodeJS.ProcessEnv,
): OnAws | undefined {
  const places = urls
    .filter((url) => url?.startsWith('s3:'))
    .map((url): S3Place => readS3Url(String(url), env))
    .filter(({ aws }) => aws);
  if (places.length === 0 && !configs.some(hasAwsEngine)) return undefined;
  const region = places.find((place) => place.region !== undefined)?.region;
  return {
    place: { region: region ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined), env },
    buckets: [...new Set(places.map(({ bucket }) => bucket))],
  };
}

const hasAwsEngine = ({ engines: { transcribe, sentiment, evaluate } }: Config): boolean =>
  transcribe === 'amazon' || sentiment === 'comprehend' || evaluate === 'bedrock';
