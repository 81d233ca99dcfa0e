import { describe, expect, it } from 'vitest';
import { talkOf as talkBy, talkRatio } from './talk.ts';
import { type VoiceHints, voicesOf } from './voices.ts';

/** Turns of "a" (agent) and "c" (customer) with their times. */
const turns = (...list: [speaker: string, start?: number, end?: number][]) =>
  list.map(([speaker, start, end]) => ({
    speaker: speaker === 'a' ? 'agent' : 'customer',
    text: 'words',
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
  }));

type Turns = Parameters<typeof talkBy>[0];
const voices = (of: Turns, hints: VoiceHints = { direction: 'inbound' }) =>
  voicesOf(
    of.map(({ speaker }) => speaker),
    hints,
  );
const talkOf = (of: Turns, seconds?: number) => talkBy(of, voices(of), seconds);
const AGENT = { name: 'Agent', side: 'first' };
const CUSTOMER = { name: 'Customer', side: 'other' };

describe('who spoke how long', () => {
  it('is told with the longest monologue and silence', () => {
    expect(talkOf(turns(['a', 1, 4], ['c', 5, 9], ['c', 10, 14], ['a', 20, 21]), 21)).toEqual({
      firstSeconds: 4,
      otherSeconds: 8,
      monologue: { turn: 2, to: 3, seconds: 9, voice: CUSTOMER },
      silence: { turn: 3, to: 4, seconds: 6 },
    });
  });

  it('ends a monologue at a pause and at another voice', () => {
    expect(talkOf(turns(['a', 0, 5], ['a', 9, 13], ['c', 13, 14], ['a', 14, 18]))?.monologue).toEqual({
      turn: 1,
      to: 1,
      seconds: 5,
      voice: AGENT,
    });
  });

  it('counts a silence before the first word', () => {
    expect(talkOf(turns(['a', 7, 9], ['c', 9, 12]))?.silence).toEqual({ turn: 0, to: 1, seconds: 7 });
  });

  it('takes no silence out of turns that overlap', () => {
    const talk = talkOf(turns(['a', 0, 30], ['c', 2, 3], ['c', 29, 31], ['a', 31, 32]));
    expect(talk).toEqual({
      firstSeconds: 31,
      otherSeconds: 3,
      monologue: { turn: 1, to: 1, seconds: 30, voice: AGENT },
    });
  });

  it('takes nobody’s words for no side, and for no monologue', () => {
    const mixed = [...turns(['a', 0, 2], ['c', 2, 3]), { speaker: 'unknown', start: 3, end: 60, text: 'words' }];
    expect(talkOf(mixed)).toMatchObject({ firstSeconds: 2, otherSeconds: 1, monologue: { seconds: 2 } });
    const nobody = mixed.map((turn) => ({ ...turn, speaker: 'unknown' }));
    expect(talkOf(nobody)).toEqual({ firstSeconds: 0, otherSeconds: 0 });
  });

  it.each([
    ['times are missing', turns(['a'], ['c'])],
    ['one turn has none', turns(['a', 0, 2], ['c'], ['a', 5, 6])],
    ['there is one turn', turns(['a', 0, 2])],
    ['all are zero', turns(['a', 0, 0], ['c', 0, 0])],
    ['a turn ends before it begins', turns(['a', 0, 2], ['c', 5, 3])],
    ['they go backwards', turns(['a', 10, 12], ['c', 3, 5])],
    ['they are below zero', turns(['a', -5, 2], ['c', 3, 5])],
    ['they are no numbers', turns(['a', Number.NaN, 2], ['c', 3, Number.POSITIVE_INFINITY])],
  ])('is not told where %s', (_, hostile) => {
    expect(talkOf(hostile)).toBeUndefined();
  });

  it('is not told where it does not fit the length of the call', () => {
    const milliseconds = turns(['a', 0, 2000], ['c', 2000, 60_000]);
    expect(talkOf(milliseconds, 60)).toBeUndefined();
    expect(talkOf(turns(['a', 0, 2], ['c', 2, 62]), 60)).toBeDefined();
  });
});

describe('the ratio of talk', () => {
  const ratio = (of: Turns, hints?: VoiceHints) => talkRatio(of, voices(of, hints), talkBy(of, voices(of, hints)));

  it('is by time, with the words beside it', () => {
    expect(ratio(turns(['a', 0, 1], ['c', 1, 4], ['c', 4, 5]))).toEqual({
      sides: 'agent : customer',
      first: 20,
      other: 80,
      by: 'time',
      words: { first: 33, other: 67 },
    });
  });

  it('is by words where there are no times', () => {
    expect(ratio(turns(['a'], ['a'], ['a'], ['c']))).toEqual({
      sides: 'agent : customer',
      first: 75,
      other: 25,
      by: 'words',
    });
  });

  it('follows who is called the agent', () => {
    const two = turns(['a', 0, 1], ['c', 1, 5]);
    expect(ratio(two, { direction: 'outbound', quotes: [[1], [1], [1]] })).toMatchObject({ first: 80, other: 20 });
    expect(ratio(two, { direction: 'outbound' })).toMatchObject({ sides: 'first : second voice', first: 20 });
    expect(ratio([...two, { speaker: 'Maria', text: 'hm', start: 5, end: 6 }])).toMatchObject({
      sides: 'agent : others',
    });
  });

  it('is not told of one voice, nor of nobody', () => {
    expect(ratio(turns(['a', 0, 1], ['a', 1, 4]))).toBeUndefined();
    expect(ratio([{ speaker: 'unknown', text: 'hm' }])).toBeUndefined();
  });
});
