import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../ports.ts';
import { languageOf, parseTranscribe } from './transcribe-json.ts';

const word = (content: string, start?: number, end?: number, label?: string): JsonObject => ({
  type: 'pronunciation',
  ...(start === undefined ? {} : { start_time: String(start), end_time: String(end) }),
  alternatives: [{ confidence: '0.99', content }],
  ...(label ? { speaker_label: label } : {}),
});
const mark = (content: string, label?: string): JsonObject => ({
  type: 'punctuation',
  alternatives: [{ confidence: '0.0', content }],
  ...(label ? { speaker_label: label } : {}),
});

test('words stand with whom their label names, also where two speak at once, and once each', () => {
  const items = [
    ...[word('my', 0, 0.4, 'spk_0'), word('name', 0.4, 1.2, 'spk_0'), word('sorry', 0.9, 1.3, 'spk_1')],
    ...[word('what', 1.1, 1.5, 'spk_1'), mark('?', 'spk_1'), word('yes', 1.4, 1.6, 'spk_0'), mark('.', 'spk_0')],
  ];
  expect(parseTranscribe({ results: { items } })).toEqual([
    { voice: 'spk_0', start: 0, end: 1.2, text: 'my name' },
    { voice: 'spk_1', start: 0.9, end: 1.5, text: 'sorry what?' },
    { voice: 'spk_0', start: 1.4, end: 1.6, text: 'yes.' },
  ]);
});

test('channels have their words in items, and are put together by time', () => {
  const channels = [
    {
      channel_label: 'ch_0',
      items: [word('Good', 0.1, 0.3), word('morning', 0.3, 0.8), mark('.'), word('Yes', 3, 3.2)],
    },
    { channel_label: 'ch_1', items: [word('Hello', 1, 1.4), mark(','), word('you', 1.5, 1.7)] },
  ];
  expect(parseTranscribe({ results: { channel_labels: { channels }, items: [] } })).toEqual([
    { voice: 'ch_0', start: 0.1, end: 0.8, text: 'Good morning.' },
    { voice: 'ch_1', start: 1, end: 1.7, text: 'Hello, you' },
    { voice: 'ch_0', start: 3, end: 3.2, text: 'Yes' },
  ]);
});

test('a pause of more than a second begins a new turn', () => {
  const items = [word('one', 0, 1, 'spk_0'), word('two', 2, 3, 'spk_0'), word('three', 4.1, 5, 'spk_0')];
  expect(parseTranscribe({ results: { items } }).map(({ text }) => text)).toEqual(['one two', 'three']);
});

test('where only segments name the speaker, the word with the very same times is meant', () => {
  const items = [word('both', 1, 2), word('both', 1, 2), word('nobody', 1.2, 1.8)];
  const segments = [
    { speaker_label: 'spk_0', start_time: '1', end_time: '2', items: [{ start_time: '1', end_time: '2' }] },
    {
      speaker_label: 'spk_1',
      start_time: '1',
      end_time: '2',
      items: [{ speaker_label: 'spk_1', start_time: '1', end_time: '2' }],
    },
  ];
  expect(
    parseTranscribe({ results: { items, speaker_labels: { segments } } }).map(({ voice, text }) => [voice, text]),
  ).toEqual([
    ['spk_0', 'both'],
    ['spk_1', 'both'],
    ['', 'nobody'],
  ]);
});

test('what was said without words, or without times, is read too', () => {
  expect(parseTranscribe({ results: { items: [], transcripts: [{ transcript: '' }] } })).toEqual([]);
  expect(parseTranscribe({ results: { transcripts: [{ transcript: ' All in one. ' }] } })).toEqual([
    { voice: '', start: 0, end: 0, text: 'All in one.' },
  ]);
  const items = [mark('!'), word('a'), word('b', 2, 3), word('c'), { type: 'pronunciation', alternatives: [] }];
  expect(parseTranscribe({ results: { items } })).toEqual([{ voice: '', start: 2, end: 3, text: '! a b c' }]);
  expect(parseTranscribe({ results: { items: [word('你'), word('好'), word('ok')] } })[0]?.text).toBe('你好 ok');
});

test('the language is that which was recognised', () => {
  expect(languageOf({ results: { items: [], language_code: 'de-DE' } })).toBe('de-DE');
  expect(languageOf({ results: { items: [] } })).toBeUndefined();
});

test.each([{}, { results: {} }, { results: [] }, { results: { items: 'none' } }, { results: { items: [1] } }])(
  'what is no transcript is put aside: %j',
  (document) => {
    expect(() => parseTranscribe(document as JsonObject)).toThrow(expect.objectContaining({ kind: 'poison' }));
  },
);

const Time = fc.option(fc.double({ min: 0, max: 600, noNaN: true }), { nil: undefined });
const Said = fc.array(
  fc.record({
    voice: fc.constantFrom('0', '1', '2'),
    text: fc.stringMatching(/^[a-zé]{1,6}$/),
    start: Time,
    length: fc.double({ min: 0, max: 3, noNaN: true }),
    mark: fc.option(fc.constantFrom(',', '.', '?'), { nil: undefined }),
  }),
  { maxLength: 40 },
);

test('in 1,000 documents of both shapes every word is said once, by whom its label names', () => {
  const counted = (pairs: (readonly [string, string])[]): string[] => pairs.map((pair) => pair.join(' ')).sort();
  fc.assert(
    fc.property(Said, fc.boolean(), (said, isStereo) => {
      const itemsOf = (only?: string): JsonObject[] =>
        said
          .filter(({ voice }) => only === undefined || voice === only)
          .flatMap(({ voice, text, start, length, mark: own }) => {
            const label = isStereo ? undefined : `spk_${voice}`;
            return [word(text, start, (start ?? 0) + length, label), ...(own ? [mark(own, label)] : [])];
          });
      const channels = ['0', '1', '2'].map((voice) => ({ channel_label: `ch_${voice}`, items: itemsOf(voice) }));
      const turns = parseTranscribe({ results: isStereo ? { channel_labels: { channels } } : { items: itemsOf() } });
      const prefix = isStereo ? 'ch_' : 'spk_';
      expect(
        counted(turns.flatMap(({ voice, text }) => text.split(' ').map((each) => [voice, each] as const))),
      ).toEqual(counted(said.map(({ voice, text, mark: own }) => [prefix + voice, text + (own ?? '')] as const)));
      for (const { start, end } of turns) expect(start <= end).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
