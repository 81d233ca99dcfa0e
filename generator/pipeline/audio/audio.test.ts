import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compareWav } from './channels.ts';
import { probe } from './probe.ts';
import { splitChannels } from './split.ts';
import { wavFile } from './testing/wav-file.ts';
import { readWav, samplesOf } from './wav.ts';

const RATE = 8000;
const tone = (hertz: number, loud = 0.5, seconds = 1) =>
  Array.from({ length: RATE * seconds }, (_, i) => loud * Math.sin((2 * Math.PI * hertz * i) / RATE));
const silence = tone(1, 0);

test.each([
  ['pcm', 8, 0.02],
  ['pcm', 16, 0.0001],
  ['pcm', 24, 0.0001],
  ['pcm', 32, 0.0001],
  ['float', 32, 0.0001],
  ['float', 64, 0.0001],
  ['mu-law', 8, 0.02],
  ['a-law', 8, 0.02],
] as const)('%s of %i bits is read', (coding, bits, error) => {
  const [left, right] = [tone(300), tone(500, 0.1)];
  for (const isExtensible of [false, true]) {
    const wav = readWav(wavFile([left, right], { rate: RATE, coding, bits, isExtensible })) ?? expect.fail();
    expect([wav.channels, wav.sampleRate, wav.frames]).toEqual([2, RATE, RATE]);
    for (const i of [0, 3, 77, RATE - 1]) {
      expect(Math.abs(wav.at(i, 0) - (left[i] ?? 9))).toBeLessThan(error);
      expect(Math.abs(wav.at(i, 1) - (right[i] ?? 9))).toBeLessThan(error);
    }
  }
});

test('facts of sound: length, channels, rate, and what is the same', async () => {
  expect(await probe(wavFile([tone(300), tone(500)], { rate: RATE }), 'wav')).toEqual({
    ...{ extension: 'wav', seconds: 1, channels: 2, sampleRate: RATE, sameChannels: false, silent: false },
  });
  expect(await probe(wavFile([tone(300)], { rate: RATE }), 'wav')).toMatchObject({ channels: 1, silent: false });
});

test('one sound on both channels is found, also louder on one, and not where one hears the other faintly', () => {
  const compare = (left: number[], right: number[]) =>
    compareWav(readWav(wavFile([left, right], { rate: RATE })) ?? expect.fail());
  const [a, b] = [tone(300), tone(470)];
  expect(compare(a, a)).toEqual({ sameChannels: true, silent: false });
  expect(
    compare(
      a,
      a.map((each) => each / 5),
    ).sameChannels,
  ).toBe(true);
  expect(
    compare(
      a,
      b.map((each, i) => each + 0.1 * (a[i] ?? 0)),
    ).sameChannels,
  ).toBe(false);
  expect(compare(a, silence).sameChannels).toBe(false);
  expect(compare(silence, silence)).toEqual({ sameChannels: true, silent: true });
  expect(compare(silence, tone(300, 0.0005)).silent).toBe(true);
  expect(compare(silence, [...tone(300, 0.05, 0.25), ...tone(1, 0, 0.75)]).silent).toBe(false);
});

test('each channel becomes a WAV of its own', async () => {
  const [left, right] = [tone(300), tone(500, 0.1)];
  const files = (await splitChannels(wavFile([left, right], { rate: RATE, coding: 'mu-law', bits: 8 }), 'wav')) ?? [];
  const wavs = files.map((file) => readWav(file) ?? expect.fail());
  expect(wavs.map(({ channels, frames }) => [channels, frames])).toEqual([
    [1, RATE],
    [1, RATE],
  ]);
  expect(Math.abs((samplesOf(wavs[1] ?? expect.fail(), 0)[3] ?? 0) / 32_768 - (right[3] ?? 9))).toBeLessThan(0.01);
});

test('a stream whose length was never written goes to the end; half a frame is left out', () => {
  const file = wavFile([tone(300)], { rate: RATE });
  new DataView(file.buffer).setUint32(40, 0xffffffff, true);
  expect(readWav(file)?.frames).toBe(RATE);
  expect(readWav(file.subarray(0, 44 + 7))?.frames).toBe(3);
});

test.each([
  ['a header alone', wavFile([[]], { rate: RATE }), 'wav'],
  ['nothing', new Uint8Array(), 'wav'],
  ['a page', new TextEncoder().encode('<!doctype html><p>Sign in</p>'.repeat(50)), 'mp3'],
  ['noise', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251), 'm4a'],
  ['a rate of 0', wavFile([tone(300)], { rate: 0 }), 'wav'],
])('%s is no sound', async (_, body, extension) => {
  await expect(probe(body, extension)).rejects.toMatchObject({ kind: 'poison' });
});

const clip = readFileSync(new URL('../../../scripts/demo/sounds/smart-meter.mp3', import.meta.url));

test('of an MP3 length, channels and rate are read everywhere', async () => {
  const facts = await probe(clip, 'mp3');
  expect(facts).toMatchObject({ extension: 'mp3', channels: 2, sampleRate: 8000 });
  expect(Math.abs(facts.seconds - 64)).toBeLessThan(0.5);
});

test.skipIf(spawnSync('ffmpeg', ['-version']).error)(
  'where ffmpeg is installed its channels are compared and split',
  async () => {
    expect(await probe(clip, 'mp3')).toMatchObject({ sameChannels: false, silent: false });
    const files = await splitChannels(clip, 'mp3', 16_000);
    expect(files?.map((file) => readWav(file)?.sampleRate)).toEqual([16_000, 16_000]);
    await expect(
      splitChannels(new TextEncoder().encode('#EXTM3U\nfile:///etc/hostname'), 'mp3', 16_000),
    ).rejects.toMatchObject({ kind: 'poison' });
  },
);
