import { expect, test } from 'vitest';
import { readSidecar } from '../engines/sidecar.ts';
import { languageOf, parseTranscribe } from './transcribe-json.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const vtt = (text: string) => parseTranscribe(readSidecar({ name: 'a.vtt', body: bytes(text) }));
const json = (value: unknown) => readSidecar({ name: 'a.json', body: bytes(JSON.stringify(value)) });

test('WebVTT: voices, names of cues, notes, styles, entities, hours or none', () => {
  const text = [
    '\ufeffWEBVTT - call\r\nKind: captions\r\n\r\nNOTE not said\r\n00:00:00.000 --> 00:00:09.000\r\n\r\nSTYLE\r\n::cue { color: red }\r\n',
    'first\r\n00:01.000 --> 00:02.500 align:start\r\n<v.loud Agent>Good <b>morning</b>,\r\nAT&amp;T &lt;here&gt;</v>\r\n',
    '01:00:03.000 --> 01:00:04.000\r\n<v Customer>Hi.</v> <v Agent>Yes?\r\n',
  ].join('\r\n');
  expect(vtt(text)).toEqual([
    { voice: 'Agent', start: 1, end: 2.5, text: 'Good morning, AT&T <here>' },
    { voice: 'Customer', start: 3603, end: 3604, text: 'Hi.' },
    { voice: 'Agent', start: 3603, end: 3604, text: 'Yes?' },
  ]);
});

test('WebVTT: names before a colon are voices only where every cue has one', () => {
  const cues = (...texts: string[]) =>
    `WEBVTT\n\n${texts.map((text, i) => `${i}\n00:0${i}.000 --> 00:0${i}.900\n${text}\n`).join('\n')}`;
  expect(vtt(cues('Jane Doe: Hello.', 'Sam: Hi: you.')).map(({ voice, text }) => [voice, text])).toEqual([
    ['Jane Doe', 'Hello.'],
    ['Sam', 'Hi: you.'],
  ]);
  expect(vtt(cues('The time: noon.', 'Right.'))).toEqual([
    { voice: '', start: 0, end: 1.9, text: 'The time: noon. Right.' },
  ]);
  expect(vtt('WEBVTT\n')).toEqual([]);
});

test('whisper: segments, voices of WhisperX, channels of whisper.cpp, what servers answer', () => {
  const segments = [
    { id: 0, start: 0, end: 1.5, text: ' Hello there.' },
    { id: 1, start: 1.6, end: 2, text: ' [BLANK_AUDIO]' },
    { id: 2, start: 4, end: 5, text: ' Bye.' },
  ];
  const plain = json({ text: 'x', language: 'english', segments });
  expect([languageOf(plain), parseTranscribe(plain)]).toEqual([
    'en',
    [
      { voice: '', start: 0, end: 1.5, text: 'Hello there.' },
      { voice: '', start: 4, end: 5, text: 'Bye.' },
    ],
  ]);
  const words = [
    { word: 'Hello', start: 0, end: 0.5, speaker: 'SPEAKER_00' },
    { word: 'Hi', start: 0.4, end: 0.9, speaker: 'SPEAKER_01' },
    { word: 'again', start: 1, end: 1.2 },
  ];
  const labelled = json({
    segments: [{ start: 0, end: 1.2, text: 'Hello Hi', speaker: 'SPEAKER_00', words }],
    language: 'de',
  });
  expect(parseTranscribe(labelled).map(({ voice, text }) => [voice, text])).toEqual([
    ['SPEAKER_00', 'Hello'],
    ['SPEAKER_01', 'Hi'],
    ['SPEAKER_00', 'again'],
  ]);
  const cpp = json({
    result: { language: 'en' },
    transcription: [
      { offsets: { from: 0, to: 1500 }, text: ' Hello.', speaker: '0' },
      { offsets: { from: 900, to: 2500 }, text: ' Who?', speaker: '1' },
    ],
  });
  expect(parseTranscribe(cpp)).toEqual([
    { voice: 'ch_0', start: 0, end: 1.5, text: 'Hello.' },
    { voice: 'ch_1', start: 0.9, end: 2.5, text: 'Who?' },
  ]);
  expect(parseTranscribe(json({ text: ' Only this. ' }))).toEqual([
    { voice: '', start: 0, end: 0, text: 'Only this.' },
  ]);
  expect(parseTranscribe(json({ text: '', segments: [] }))).toEqual([]);
});

test('Transcribe: the document as it is', () => {
  const document = { jobName: 'x', results: { items: [{ type: 'pronunciation', alternatives: [{ content: 'ok' }] }] } };
  expect(json(document)).toEqual(document);
});

test.each(['', 'not json', '{"results":{}}', '[]', '{"a":1}', 'null', '{"results":{"items":[1]}}'])(
  'what is no transcript is put aside with its reason: %j',
  (text) => {
    expect(() => readSidecar({ name: 'a.json', body: bytes(text) })).toThrow(
      expect.objectContaining({ kind: 'poison' }),
    );
  },
);

test('a text that is no WebVTT is put aside', () => {
  expect(() => vtt('hello\n\nyou')).toThrow(expect.objectContaining({ kind: 'poison' }));
});
