import type { Store } from '../../../../store/store.ts';
import type { JsonObject } from '../../../ports.ts';
import { awsJson, type Double, type DoubleAnswer, type DoubleError, double, jsonOf } from './server.ts';

export interface TranscribeDouble extends Double {
  /** Jobs by name, as they were asked for, with how they stand. */
  jobs: Map<string, DoubleJob>;
  /** How often a job is asked about before it is done; 0: it is done when it is begun. */
  asksUntilDone: number;
  /** A job comes to its end, whoever asks. */
  finish: (name: string) => Promise<void>;
  /** What is said in a sound, by its key; absent: one word a channel. */
  words: (key: string, settings: JsonObject) => JsonObject;
  /** Why a job fails, by its key; absent: it does not. */
  failure: (key: string) => string | undefined;
}

interface DoubleJob {
  request: JsonObject;
  asked: number;
  isDone?: true;
}

const FORMATS = ['amr', 'flac', 'm4a', 'mp3', 'mp4', 'ogg', 'wav', 'webm'];

/**
 * Our reading of Amazon Transcribe, for tests: it takes each name of a job once, and writes its document into the results store.
 * @param results the store that stands for the bucket that jobs name
 */
export async function transcribeDouble(results: Store, bucket = 'results'): Promise<TranscribeDouble> {
  const jobs = new Map<string, DoubleJob>();
  const bad = (message: string, code = 'BadRequestException'): DoubleAnswer => ({
    error: { status: 400, code, message },
  });
  const it = await double({
    ...awsJson('Transcribe'),
    async answer(request) {
      const asked = jsonOf(request);
      const name = String(asked.TranscriptionJobName);
      if (request.action === 'StartTranscriptionJob') return start(name, asked);
      const job = jobs.get(name);
      if (!job) return bad("The requested job couldn't be found. Check the job name and try your request again.");
      if (request.action === 'GetTranscriptionJob') return { json: { TranscriptionJob: await advanced(name, job) } };
      if (request.action !== 'DeleteTranscriptionJob') return bad(`no such action: ${request.action}`);
      jobs.delete(name);
      return { json: {} };
    },
  });

  async function start(name: string, request: JsonObject): Promise<DoubleAnswer> {
    const wrong = refusal(name, request, bucket);
    if (wrong) return { error: wrong };
    if (jobs.has(name)) return bad('The requested job name already exists in your account.', 'ConflictException');
    const job: DoubleJob = { request, asked: 0 };
    jobs.set(name, job);
    return { json: { TranscriptionJob: { TranscriptionJobName: name, TranscriptionJobStatus: 'IN_PROGRESS' } } };
  }

  async function advanced(name: string, job: DoubleJob): Promise<JsonObject> {
    const { request } = job;
    const base = { TranscriptionJobName: name, MediaFormat: request.MediaFormat ?? '' };
    if (job.asked++ < self.asksUntilDone) return { ...base, TranscriptionJobStatus: 'IN_PROGRESS' };
    const key = String((request.Media as JsonObject).MediaFileUri).replace(/^s3:\/\/[^/]+\//, '');
    const failure = self.failure(key);
    if (failure !== undefined) return { ...base, TranscriptionJobStatus: 'FAILED', FailureReason: failure };
    const output = String(request.OutputKey).replace(/([^/]+)$/, request.ContentRedaction ? 'redacted-$1' : '$1');
    const settings = request.Settings as JsonObject;
    if (job.isDone) return { ...base, TranscriptionJobStatus: 'COMPLETED' };
    job.isDone = true;
    const document = { jobName: name, accountId: '000000000000', status: 'COMPLETED', ...self.words(key, settings) };
    // Transcribe looks first whether it may write there.
    await results.put(output.replace(/[^/]+$/, '.write_access_check_file.temp'), '');
    await results.put(output, JSON.stringify(document));
    return { ...base, TranscriptionJobStatus: 'COMPLETED' };
  }

  async function finish(name: string): Promise<void> {
    const job = jobs.get(name);
    if (job) await advanced(name, Object.assign(job, { asked: self.asksUntilDone }));
  }

  const self: TranscribeDouble = { ...it, jobs, asksUntilDone: 1, finish, words: oneWord, failure: () => undefined };
  return self;
}

/** What the service refuses at once. */
function refusal(name: string, request: JsonObject, bucket: string): DoubleError | undefined {
  const settings = (request.Settings ?? {}) as JsonObject;
  const bad = (message: string): DoubleError => ({ status: 400, code: 'BadRequestException', message });
  if (!/^[0-9a-zA-Z._-]{1,200}$/.test(name)) return bad('TranscriptionJobName does not satisfy the pattern.');
  if (!FORMATS.includes(String(request.MediaFormat))) return bad('MediaFormat is not one of the formats.');
  if (request.OutputBucketName !== bucket) return bad("The specified S3 bucket can't be accessed.");
  if ((request.LanguageCode === undefined) === (request.IdentifyLanguage === undefined))
    return bad('Give either LanguageCode or IdentifyLanguage.');
  if (settings.ChannelIdentification && settings.ShowSpeakerLabels)
    return bad('ChannelIdentification and ShowSpeakerLabels exclude each other.');
  if (settings.ShowSpeakerLabels && settings.MaxSpeakerLabels === undefined) return bad('MaxSpeakerLabels is missing.');
  return undefined;
}

const word = (content: string, at: number): JsonObject => ({
  type: 'pronunciation',
  start_time: at.toFixed(2),
  end_time: (at + 0.4).toFixed(2),
  alternatives: [{ confidence: '0.99', content }],
});

/** In either shape, by what was asked for. */
function oneWord(_key: string, settings: JsonObject): JsonObject {
  const items = [word('hello', 0.5), { type: 'punctuation', alternatives: [{ confidence: '0.0', content: '.' }] }];
  if (!settings.ChannelIdentification)
    return {
      results: {
        items: items.map((item) => ({ ...item, speaker_label: 'spk_0' })),
        speaker_labels: { speakers: 1, segments: [] },
        transcripts: [{ transcript: 'hello.' }],
      },
    };
  const channels = ['ch_0', 'ch_1'].map((channel_label, at) => ({
    channel_label,
    items: at === 0 ? items : [word('hi', 1.5)],
  }));
  return { results: { channel_labels: { channels, number_of_channels: 2 }, items, transcripts: [] } };
}

/** What is said on each channel, one after the other, as Transcribe writes it. */
export function wordsOnChannels(said: readonly string[]): JsonObject {
  const items = (text: string, from: number) =>
    text.split(' ').map((content, at) => ({
      type: 'pronunciation',
      start_time: (from + at * 0.3).toFixed(2),
      end_time: (from + at * 0.3 + 0.2).toFixed(2),
      alternatives: [{ confidence: '0.98', content }],
    }));
  const channels = said.map((text, at) => ({ channel_label: `ch_${at}`, items: items(text, at * 10) }));
  return {
    results: { channel_labels: { channels, number_of_channels: said.length }, items: [], transcripts: [] },
  };
}
