import type { LanguageCode, MediaFormat, StartTranscriptionJobCommandInput } from '@aws-sdk/client-transcribe';
import { say } from '../../lib/printable.ts';
import { readS3Url, type S3Place } from '../../store/s3-url.ts';
import type { Store } from '../../store/store.ts';
import { PipelineError } from '../errors.ts';
import type { AudioFacts, Job } from '../ports.ts';

/** Voices that are told apart in sound of one channel. */
const VOICES = 2;

/**
 * The bucket of a store.
 * @throws {PipelineError} configuration, where it is none
 */
export function bucketOf({ url }: Store, env: NodeJS.ProcessEnv): S3Place {
  if (url.startsWith('s3:')) return readS3Url(url, env);
  throw new PipelineError('configuration', [
    say`Amazon Transcribe reads sound from S3 alone and writes there, and ${url} is no bucket. Use s3: stores, or another engine in pipeline-config.json.`,
  ]);
}

/** Where Transcribe writes the document of a call, redacted or not. */
export const outputKey = ({ org, call }: Pick<Job, 'org' | 'call'>, redacted: boolean): string =>
  `${org}/raw/${redacted ? 'redacted-' : ''}${call}.json`;

/** Whether each party has a channel of its own. */
export const hasTwoVoices = ({ channels, sameChannels }: AudioFacts): boolean =>
  channels === 2 && sameChannels !== true;

/** How the job of a call is asked for. It follows from the call and the settings alone. */
export function requestOf(
  job: Job,
  { input, results, redact }: { input: S3Place; results: S3Place; redact: boolean },
): StartTranscriptionJobCommandInput {
  const { key, facts } = job.audio;
  const settings = hasTwoVoices(facts)
    ? { ChannelIdentification: true }
    : { ShowSpeakerLabels: true, MaxSpeakerLabels: VOICES };
  return {
    TranscriptionJobName: job.name,
    Media: { MediaFileUri: `s3://${input.bucket}/${input.base}${key}` },
    MediaFormat: facts.extension as MediaFormat,
    OutputBucketName: results.bucket,
    // Transcribe itself puts "redacted-" before the name of what it redacts.
    OutputKey: `${results.base}${outputKey(job, false)}`,
    ...(results.kmsKeyId && { OutputEncryptionKMSKeyId: results.kmsKeyId }),
    ...(job.language === 'auto' ? { IdentifyLanguage: true } : { LanguageCode: job.language as LanguageCode }),
    Settings: settings,
    ...(redact && { ContentRedaction: { RedactionType: 'PII', RedactionOutput: 'redacted' } }),
  };
}
