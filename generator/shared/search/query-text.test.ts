import { describe, expect, it } from 'vitest';
import { readQueryText } from './query-text.ts';

const NONE = { words: [], phrases: [], without: { words: [], phrases: [] }, open: false };

describe('what somebody typed', () => {
  it.each([
    ['', NONE],
    ['  ', NONE],
    ['refund', { ...NONE, words: ['refund'], open: true }],
    ['refund ', { ...NONE, words: ['refund'] }],
    ['late "next week" ref', { ...NONE, words: ['late', 'ref'], phrases: ['next week'], open: true }],
    ['“next week„ «du jour»', { ...NONE, phrases: ['next week', 'du jour'] }],
    ['refund -cheque', { ...NONE, words: ['refund'], without: { words: ['cheque'], phrases: [] } }],
    ['refund -"by cheque" −tax', { ...NONE, words: ['refund'], without: { words: ['tax'], phrases: ['by cheque'] } }],
    ['e-mail', { ...NONE, words: ['e-mail'], open: true }],
    ['- a', { ...NONE, words: ['-', 'a'], open: true }],
    ['"not closed', { ...NONE, phrases: ['not closed'] }],
    ['"" -""', NONE],
    ['say"no"', { ...NONE, words: ['say'], phrases: ['no'] }],
  ])('%j', (text, parts) => expect(readQueryText(text)).toEqual(parts));
});
