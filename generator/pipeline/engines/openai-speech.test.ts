import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PipelineConfig } from '../config.ts';
import { PipelineError } from '../errors.ts';
import type { Job, Transcriber } from '../ports.ts';
import { speechTranscriber } from './openai-speech.ts';
import { type OpenAiDouble, openAiDouble } from './testing/doubles/openai.ts';
import type { Fault } from './testing/doubles/server.ts';
import { failureOf } from './testing/failure.ts';
import { running, sampleJob } from './testing/sample.ts';
import { stereoWav } from './testing/stereo-wav.ts';
import { transcriberConformance } from './testing/transcriber.ts';

let double: OpenAiDouble;
let usual: OpenAiDouble['speech'];
beforeAll(async () => {
  double = await openAiDouble();
  usual = double.speech;
});
afterAll(() => double[Symbol.asyncDispose]());

async function open(): Promise<Transcriber> {
  double.faults.length = 0;
  double.heard.length = 0;
  double.requests.length = 0;
  double.speech = usual;
  const config = PipelineConfig.parse({ engines: { openaiSpeech: { url: double.url } } });
  return speechTranscriber({ secret: async () => ({}) }, config);
}
const job = (change: Parameters<typeof sampleJob>[0] = {}): Job => sampleJob({ body: stereoWav(0.3, 0.2), ...change });

transcriberConformance('openai-speech', async () => ({
  transcriber: await open(),
  job: job(),
  empty: job({ body: stereoWav(0, 0) }),
}));

describe('a server with audio transcriptions', () => {
  it('hears each channel alone, and is told no name of a call', async () => {
    const done = await (await open()).begin(job(), running());
    expect(double.heard.map(({ name, fields }) => [name, fields])).toEqual(
      Array(2).fill([
        'sound.wav',
        { model: 'whisper-1', response_format: 'verbose_json', temperature: '0', language: 'en' },
      ]),
    );
    // Mono, 16 bits.
    for (const { file } of double.heard) expect(new DataView(file.buffer, file.byteOffset).getUint16(22, true)).toBe(1);
    expect(double.heard[0]?.file).not.toEqual(double.heard[1]?.file);
    expect(done).toMatchObject({
      state: 'done',
      seconds: 10,
      document: {
        results: {
          language_code: 'en',
          channel_labels: { channels: [{ channel_label: 'ch_0' }, { channel_label: 'ch_1' }] },
        },
      },
    });
  });

  it('is not asked about a channel in which nothing is heard', async () => {
    const done = await (await open()).begin(job({ body: stereoWav(0, 0.2) }), running());
    expect(double.heard).toHaveLength(1);
    expect(done).toMatchObject({
      document: { results: { channel_labels: { channels: [{ channel_label: 'ch_1' }] } } },
    });
  });

  it('hears one channel, or two of one sound, as they are', async () => {
    for (const facts of [
      { channels: 1, extension: 'mp3' },
      { sameChannels: true, extension: 'mp3' },
    ]) {
      const transcriber = await open();
      await transcriber.begin(job({ facts, language: 'auto' }), running());
      expect(double.heard).toMatchObject([{ name: 'sound.mp3', file: stereoWav(0.3, 0.2) }]);
      expect(double.heard[0]?.fields).not.toHaveProperty('language');
    }
  });

  it('may say that nothing was said', async () => {
    const transcriber = await open();
    double.speech = () => ({ language: 'english', duration: 10, text: '', segments: [] });
    expect(await transcriber.begin(job(), running())).toMatchObject({
      state: 'done',
      document: { results: { items: [] } },
    });
  });

  it('takes no sound that is too large or of another kind', async () => {
    for (const status of [413, 415, 422]) {
      const transcriber = await open();
      double.faults.push({ status });
      expect(await transcriber.begin(job(), running())).toMatchObject({ state: 'failed', retry: false });
    }
  });

  const faults: [string, Fault, 'retry' | 'configuration', RegExp][] = [
    ['busy', { status: 429 }, 'retry', /asked again later/],
    ['broken', { status: 500 }, 'retry', /HTTP 500/],
    ['cut off', { kind: 'reset' }, 'retry', /ECONNRESET/],
    ['cut in the answer', { kind: 'cut' }, 'retry', /could not be asked/],
    ['a page', { kind: 'garbage' }, 'retry', /something else than a transcript/],
    ['without a key', { status: 401 }, 'configuration', /openaiSpeech\.secret/],
    ['another path', { status: 404 }, 'configuration', /openaiSpeech\.url/],
  ];
  it.each(faults)('fails, and says what to do: %s', async (_, fault, kind, words) => {
    const transcriber = await open();
    double.faults.push(fault);
    expect(await failureOf(transcriber.begin(job(), running()))).toMatchObject({
      kind,
      message: expect.stringMatching(words),
    });
  });

  it('needs an address in the configuration', async () => {
    await expect(speechTranscriber({ secret: async () => ({}) }, PipelineConfig.parse({}))).rejects.toThrow(
      PipelineError,
    );
  });
});
