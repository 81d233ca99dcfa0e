import {
  DeleteTranscriptionJobCommand,
  GetTranscriptionJobCommand,
  StartTranscriptionJobCommand,
  TranscribeClient,
  type TranscriptionJob,
} from '@aws-sdk/client-transcribe';
import { messageOf } from '../../lib/errors.ts';
import { type Printable, say } from '../../lib/printable.ts';
import type { Store } from '../../store/store.ts';
import type { Config } from '../config.ts';
import { PipelineError } from '../errors.ts';
import type { Job, Progress, Transcriber } from '../ports.ts';
import { awsClient } from './aws-client.ts';
import { awsFailure, nameOf, said } from './aws-errors.ts';
import { faultOf } from './transcribe-failures.ts';
import { readOutput } from './transcribe-output.ts';
import { bucketOf, requestOf } from './transcribe-request.ts';

const LONGEST_MS = 30_000;
/** The least that is charged for a job, in seconds. */
const LEAST_SECONDS = 15;
/** What the service takes. */
const MOST_SECONDS = 4 * 60 * 60;
const MOST_CHANNELS = 2;

/**
 * Transcribes by Amazon Transcribe, which reads the sound from the input bucket and writes its document to the results bucket, with the rights of
 * whoever asks.
 * @throws {PipelineError} configuration, where a store is no bucket
 */
export function amazonTranscriber(
  env: NodeJS.ProcessEnv,
  config: Config,
  stores: { input: Store; results: Store },
): Transcriber {
  const { redact } = config.engines.amazon;
  const [input, results] = [bucketOf(stores.input, env), bucketOf(stores.results, env)];
  const client = new TranscribeClient(awsClient(env, 'TRANSCRIBE', LONGEST_MS));

  async function progressOf(
    { TranscriptionJobStatus: status, FailureReason = '' }: TranscriptionJob,
    job: Job,
    signal: AbortSignal,
  ): Promise<Progress> {
    if (status === 'FAILED') {
      const why = said(new Error(FailureReason), [job.name, job.call]);
      const fault = faultOf(why) ?? { state: 'failed', reason: say`Amazon Transcribe failed: ${why}.`, retry: false };
      if (fault.state === 'failed') return fault;
      // The name is free again once somebody has put the setting right.
      await forget(job, signal);
      throw wrongSetting(fault.reason);
    }
    if (status !== 'COMPLETED') return { state: 'running' };
    const document = await readOutput(stores.results, job, redact);
    if (!document)
      return { state: 'failed', reason: say`The transcript is no more where Amazon Transcribe wrote it.`, retry: true };
    return { state: 'done', document, seconds: Math.max(LEAST_SECONDS, Math.ceil(job.audio.facts.seconds)) };
  }

  async function check(job: Job, signal: AbortSignal): Promise<Progress> {
    signal.throwIfAborted();
    try {
      const command = new GetTranscriptionJobCommand({ TranscriptionJobName: job.name });
      const { TranscriptionJob = {} } = await client.send(command, { abortSignal: signal });
      return await progressOf(TranscriptionJob, job, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (isUnknownJob(error)) return { state: 'failed', reason: say`Amazon Transcribe has no such job.`, retry: true };
      throw awsFailure(error, say`Amazon Transcribe could not be asked about a job`, signal, [job.name, job.call]);
    }
  }

  async function begin(job: Job, signal: AbortSignal): Promise<Progress> {
    signal.throwIfAborted();
    const refused = notTaken(job);
    if (refused) return { state: 'failed', reason: refused, retry: false };
    try {
      const command = new StartTranscriptionJobCommand(requestOf(job, { input, results, redact }));
      const { TranscriptionJob = {} } = await client.send(command, { abortSignal: signal });
      return await progressOf(TranscriptionJob, job, signal);
    } catch (error) {
      signal.throwIfAborted();
      const name = nameOf(error);
      // It was begun before: by a run that was killed, or by an event that came twice.
      if (name === 'ConflictException') return check(job, signal);
      const why = said(error, [job.name, job.call]);
      // Too many requests, as longer sound than it takes was not sent.
      if (name === 'LimitExceededException')
        throw new PipelineError('retry', [say`Amazon Transcribe takes no more jobs just now: ${why}.`], {
          cause: error,
        });
      const fault = name === 'BadRequestException' ? faultOf(why) : undefined;
      // A language that is refused before anybody has heard the sound is that of the configuration.
      if (fault?.state === 'failed' && !/language/i.test(why)) return fault;
      throw awsFailure(error, say`Amazon Transcribe could not begin a job`, signal, [job.name, job.call]);
    }
  }

  async function forget({ name }: Pick<Job, 'name'>, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    try {
      await client.send(new DeleteTranscriptionJobCommand({ TranscriptionJobName: name }), { abortSignal: signal });
    } catch (error) {
      if (!isUnknownJob(error)) throw awsFailure(error, say`Amazon Transcribe could not delete a job`, signal, [name]);
    }
  }

  return { name: 'amazon-transcribe', settings: { redact }, begin, check, forget };
}

/** What would be refused, or is not to be paid for in vain. */
function notTaken({ audio: { facts } }: Job): Printable | undefined {
  if (facts.seconds > MOST_SECONDS) return say`Amazon Transcribe takes no sound of more than 4 hours.`;
  if (facts.channels > MOST_CHANNELS) return say`Amazon Transcribe takes no sound of ${facts.channels} channels.`;
  return undefined;
}

/** It is known by two names, and by its words alone where the service calls it a bad request. */
const isUnknownJob = (error: unknown): boolean =>
  nameOf(error) === 'NotFoundException' ||
  (nameOf(error) === 'BadRequestException' && /job couldn.t be found|no such job/i.test(messageOf(error)));

const wrongSetting = (why: Printable): PipelineError =>
  new PipelineError('configuration', [
    say`Amazon Transcribe cannot read the sound or write its transcript: ${why}. Whoever runs the pipeline needs the right to read audio/ in the input bucket and to write raw/ in the results bucket, with their keys, in one region.`,
  ]);
