import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { wavFile } from '../audio/testing/wav-file.ts';
import type { AudioFacts, Job } from '../ports.ts';
import { parseTranscribe } from '../transcript/transcribe-json.ts';
import { pocketsphinxTranscriber } from './pocketsphinx.ts';
import { transcriberConformance } from './testing/transcriber.ts';

const folder = mkdtempSync(join(tmpdir(), 'cci-engine-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What stands for the program: it writes down what it was asked, and says what a test wants. */
function program(name: string, lines: string): { program: string; model: string } {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho "$@" >> ${path}.asked\n${lines}\n`, { mode: 0o755 });
  return { program: path, model: folder };
}

const SAYS = `cat <<'END'
good morning
<s> 0.000 0.200 0.999800
good(2) 0.210 0.340 0.252774
<sil> 0.340 0.400 0.5
morning 0.400 0.890 1.000100
[NOISE] 0.900 1.000 0.100000
</s> 1.000 1.200 1.000000
END`;

function job(channels: number, rate: number, more: Partial<AudioFacts> = {}, language = 'en-US'): Job {
  const body = wavFile(
    Array.from({ length: channels }, () => [0, 0.5, 0, -0.5]),
    { rate },
  );
  const facts = { extension: 'wav', seconds: 1.000_1, channels, sampleRate: rate, ...more };
  return {
    name: 'job',
    org: 'acme',
    call: 'a',
    language,
    audio: { key: 'acme/audio/a.wav', etag: '1', facts, read: async () => body },
  };
}
const hear = (given: Job, place = program('says', SAYS), signal = new AbortController().signal) =>
  pocketsphinxTranscriber({ allowTelephone: false }, place).begin(given, signal);

test('each channel is heard alone, and costs nothing', async () => {
  const place = program('stereo', SAYS);
  const done = await hear(job(2, 16_000), place);
  if (done.state !== 'done') return expect.fail();
  expect(done.seconds).toBe(0);
  expect(parseTranscribe(done.document).map(({ voice, text }) => [voice, text])).toEqual([
    ...[
      ['ch_0', 'good'],
      ['ch_1', 'good'],
    ],
    ...[
      ['ch_0', 'morning'],
      ['ch_1', 'morning'],
    ],
  ]);
  const asked = readFileSync(`${place.program}.asked`, 'utf8').trim().split('\n');
  expect(asked.map((line) => /-infile \S+\.wav -time yes .*-hmm/.test(line))).toEqual([true, true]);
});

test('one channel, or the same sound on both, is heard once, and nobody knows who speaks', async () => {
  for (const given of [job(1, 16_000), job(2, 16_000, { sameChannels: true })]) {
    const done = await hear(given);
    expect(done.state === 'done' && parseTranscribe(done.document)).toEqual([
      { voice: '', start: 0.21, end: 0.89, text: 'good morning' },
    ]);
  }
});

test('telephone sound is refused, unless it is allowed, and then the engine has another name', async () => {
  await expect(hear(job(1, 8000))).rejects.toMatchObject({ kind: 'poison' });
  expect(pocketsphinxTranscriber({ allowTelephone: true }).name).toBe('pocketsphinx-telephone');
});

test('another language, a missing program or model: nothing can go well before somebody acts', async () => {
  await expect(hear(job(1, 16_000, {}, 'de-DE'))).rejects.toMatchObject({ kind: 'configuration' });
  for (const place of [
    { program: join(folder, 'none'), model: folder },
    { ...program('fails', 'exit 1'), model: join(folder, 'none') },
  ])
    await expect(hear(job(1, 16_000), place)).rejects.toMatchObject({
      kind: 'configuration',
      problems: [expect.stringContaining('apt-get install pocketsphinx pocketsphinx-en-us ffmpeg')],
    });
});

test('where it fails the call waits, and a run that is stopped ends it', async () => {
  await expect(hear(job(1, 16_000), program('breaks', 'exit 3'))).rejects.toMatchObject({ kind: 'retry' });
  const stop = new AbortController();
  const heard = hear(job(1, 16_000), program('hangs', 'exec sleep 600'), stop.signal);
  stop.abort(new Error('stopped'));
  await expect(heard).rejects.toThrow('stopped');
});

transcriberConformance('pocketsphinx', async () => ({
  transcriber: pocketsphinxTranscriber({ allowTelephone: false }, program('suite', SAYS)),
  job: job(2, 16_000),
}));
