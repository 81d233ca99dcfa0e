import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryStore } from '../../store/memory.ts';
import type { Store } from '../../store/store.ts';
import { PipelineConfig } from '../config.ts';
import { PipelineError } from '../errors.ts';
import type { Transcriber } from '../ports.ts';
import { amazonTranscriber } from './amazon-transcribe.ts';
import { doubleEnv, type Fault, jsonOf } from './testing/doubles/server.ts';
import { type TranscribeDouble, transcribeDouble } from './testing/doubles/transcribe.ts';
import { failureOf } from './testing/failure.ts';
import { running, sampleJob } from './testing/sample.ts';
import { transcriberConformance } from './testing/transcriber.ts';

const results = memoryStore();
const stores = {
  input: { ...memoryStore(), url: 's3://input' } as Store,
  results: { ...results, url: 's3://results?sse=aws:kms&kmsKeyId=alias/cci' } as Store,
};
const RAW = 'acme/raw/rec-1.json';

let double: TranscribeDouble;
beforeAll(async () => {
  double = await transcribeDouble(results);
});
afterAll(() => double[Symbol.asyncDispose]());

async function open(redact = false): Promise<Transcriber> {
  double.faults.length = 0;
  double.requests.length = 0;
  double.jobs.clear();
  double.asksUntilDone = 1;
  double.failure = () => undefined;
  for await (const { key } of results.list('')) await results.remove(key);
  const config = PipelineConfig.parse({ engines: { amazon: { redact } } });
  return amazonTranscriber(doubleEnv('TRANSCRIBE', double.url), config, stores);
}
const started = (): number => double.requests.filter(({ action }) => action === 'StartTranscriptionJob').length;

transcriberConformance('amazon-transcribe', async () => {
  const transcriber = await open();
  return { transcriber, job: sampleJob(), paid: () => double.jobs.size };
});

describe('a job of Transcribe', () => {
  const mono = sampleJob({ facts: { channels: 1 } });
  const same = sampleJob({ facts: { sameChannels: true } });

  it('is named by the call, and tells voices apart by channel where there are two', async () => {
    await (await open()).begin(sampleJob(), running());
    expect(jsonOf(double.requests[0] as never)).toEqual({
      TranscriptionJobName: 'cci-acme-0123456789abcdef',
      Media: { MediaFileUri: 's3://input/acme/audio/rec-1.wav' },
      MediaFormat: 'wav',
      LanguageCode: 'en-US',
      OutputBucketName: 'results',
      OutputKey: RAW,
      OutputEncryptionKMSKeyId: 'alias/cci',
      Settings: { ChannelIdentification: true },
    });
  });

  it.each([
    ['one channel', mono],
    ['two that hold the same', same],
  ])('tells voices apart by their sound where there is %s', async (_, job) => {
    await (await open()).begin({ ...job, language: 'auto' }, running());
    expect(jsonOf(double.requests[0] as never)).toMatchObject({
      IdentifyLanguage: true,
      Settings: { ShowSpeakerLabels: true, MaxSpeakerLabels: 2 },
    });
  });

  it('goes on where it was begun before', async () => {
    const transcriber = await open();
    expect(await transcriber.begin(sampleJob(), running())).toEqual({ state: 'running' });
    expect(await transcriber.begin(sampleJob(), running())).toEqual({ state: 'running' });
    expect(await transcriber.begin(sampleJob(), running())).toMatchObject({ state: 'done', seconds: 15 });
    expect([started(), double.jobs.size]).toEqual([3, 1]);
  });

  it('is charged by the second, and for 15 at least', async () => {
    const transcriber = await open();
    const job = sampleJob({ facts: { seconds: 61.2 } });
    await transcriber.begin(job, running());
    await transcriber.check(job, running());
    expect(await transcriber.check(job, running())).toMatchObject({ state: 'done', seconds: 62 });
  });

  it('gives what is redacted, and never the words of a job before', async () => {
    const transcriber = await open(true);
    double.asksUntilDone = 0;
    await results.put(RAW, JSON.stringify({ jobName: 'cci-acme-of-before', results: { items: [] } }));
    await transcriber.begin(sampleJob(), running());
    const done = await transcriber.check(sampleJob(), running());
    expect(done).toMatchObject({ state: 'done', document: { jobName: 'cci-acme-0123456789abcdef' } });
    await results.remove('acme/raw/redacted-rec-1.json');
    expect(await transcriber.check(sampleJob(), running())).toMatchObject({ state: 'failed', retry: true });
  });

  const failures: [string, boolean, RegExp][] = [
    ['The media format provided does not match the detected media format.', false, /does not take this sound/],
    ['Invalid sample rate for audio file.', false, /does not take this sound/],
    ['Invalid file size: file size too large. See https://docs.aws.amazon.com/x', false, /does not take this sound/],
    ['The language could not be identified.', false, /language/],
    ['Something that nobody has seen of s3://input/acme/audio/rec-1.wav', false, /Something that nobody has seen of …/],
    ['Internal failure. Please try your request again.', true, /failed/],
  ];
  it.each(failures)('fails with its reason: %s', async (reason, retry, words) => {
    const transcriber = await open();
    double.failure = () => reason;
    await transcriber.begin(sampleJob(), running());
    await transcriber.check(sampleJob(), running());
    const failed = await transcriber.check(sampleJob(), running());
    expect(failed).toEqual({ state: 'failed', retry, reason: expect.stringMatching(words) });
    expect(JSON.stringify(failed)).not.toContain('rec-1');
  });

  it('stops the organization where a right is missing, and can be begun again once it is there', async () => {
    const transcriber = await open();
    double.asksUntilDone = 0;
    double.failure = () => "Access denied. The S3 object can't be accessed.";
    await transcriber.begin(sampleJob(), running());
    expect(await failureOf(transcriber.check(sampleJob(), running()))).toMatchObject({ kind: 'configuration' });
    double.failure = () => undefined;
    expect(await transcriber.begin(sampleJob(), running())).toEqual({ state: 'running' });
    expect(await transcriber.check(sampleJob(), running())).toMatchObject({ state: 'done' });
  });

  it('is not begun for sound that the service does not take', async () => {
    const transcriber = await open();
    for (const facts of [{ seconds: 14_401 }, { channels: 3 }])
      expect(await transcriber.begin(sampleJob({ facts }), running())).toMatchObject({ state: 'failed', retry: false });
    expect(double.requests).toHaveLength(0);
  });

  const faults: [string, Fault, 'retry' | 'configuration', RegExp][] = [
    [
      'too many jobs',
      {
        status: 400,
        code: 'LimitExceededException',
        message: "You've either sent too many requests or your input file is too long.",
      },
      'retry',
      /takes no more jobs just now/,
    ],
    ['throttled', { status: 400, code: 'ThrottlingException' }, 'retry', /ThrottlingException/],
    ['broken', { status: 500, code: 'InternalFailureException' }, 'retry', /InternalFailureException/],
    ['cut off', { kind: 'reset' }, 'retry', /ECONNRESET/],
    ['no service', { kind: 'garbage' }, 'retry', /something else than the service/],
    [
      'a language that it does not know',
      { status: 400, code: 'BadRequestException', message: 'The language code is not supported.' },
      'configuration',
      /language code is not supported/,
    ],
    [
      'another region',
      { status: 400, code: 'BadRequestException', message: 'The S3 bucket is not in the same region.' },
      'configuration',
      /same region/,
    ],
    [
      'not allowed',
      { status: 400, code: 'AccessDeniedException', message: 'User is not authorized' },
      'configuration',
      /Grant the right/,
    ],
  ];
  it.each(faults)('is not begun, and it is said what to do: %s', async (_, fault, kind, words) => {
    const transcriber = await open();
    double.faults.push(fault);
    const error = await failureOf(transcriber.begin(sampleJob(), running()));
    expect(error).toMatchObject({ kind, message: expect.stringMatching(words) });
    expect(started()).toBe(1);
  });

  it('is begun once where the answer is lost', async () => {
    const transcriber = await open();
    double.faults.push({ kind: 'lost' });
    expect(await failureOf(transcriber.begin(sampleJob(), running()))).toMatchObject({ kind: 'retry' });
    await transcriber.begin(sampleJob(), running());
    expect(await transcriber.begin(sampleJob(), running())).toMatchObject({ state: 'done' });
    expect(double.jobs.size).toBe(1);
  });

  it('is forgotten by the service', async () => {
    const transcriber = await open();
    await transcriber.begin(sampleJob(), running());
    await transcriber.forget?.(sampleJob(), running());
    expect(double.jobs.size).toBe(0);
  });

  it('needs buckets', () => {
    const open = () => amazonTranscriber({}, PipelineConfig.parse({}), { input: memoryStore(), results });
    expect(open).toThrow(PipelineError);
    expect(open).toThrow(/is no bucket/);
  });
});
