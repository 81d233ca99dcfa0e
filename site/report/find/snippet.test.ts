import { describe, expect, it } from 'vitest';
import { judge, type SpokenTurn, type Wanted } from './snippet.ts';
import { wordsIn } from './words-in.ts';

const turns = (...said: [who: string, text: string][]): SpokenTurn[] =>
  said.map(([who, text], i) => ({ id: `t-${i + 1}`, who, text, words: wordsIn(text) }));

const is = (word: string) => (term: string) => term === word;
const wanted = (change: Partial<Wanted> = {}): Wanted => ({ words: [], phrases: [], without: [], ...change });

const CALL = turns(
  ['Agent', 'How may I help?'],
  ['Customer', 'My parcel is late. I want my money back, not a voucher.'],
  ['Agent', 'I am sorry: your money will come next week.'],
);
const text = ({ snippet }: ReturnType<typeof judge>) =>
  snippet?.pieces.map(({ text, marked }) => (marked ? `[${text}]` : text)).join('');

describe('what is shown of a call', () => {
  it('is the turn with most of what is looked for, and of these the first', () => {
    const found = judge(CALL, wanted({ words: [is('money'), is('parcel')] }));
    expect(found.snippet).toMatchObject({ turn: 't-2', who: 'Customer' });
    expect(text(found)).toBe('My [parcel] is late. I want my [money] back, not a voucher.');
    expect(judge(CALL, wanted({ words: [is('money')] })).snippet?.turn).toBe('t-2');
  });

  it('is of a long turn what stands around the word, between whole words', () => {
    const long = turns(['Customer', `${'well '.repeat(60)}refund ${'please '.repeat(60)}`]);
    const shown = text(judge(long, wanted({ words: [is('refund')] }))) ?? '';
    expect(shown).toMatch(/^… (well )+\[refund\]( please)+ …$/);
    expect(shown.length).toBeLessThan(260);
    const endless = turns(['Customer', '😀'.repeat(1000)]);
    expect(judge(endless, wanted()).snippet).toBeUndefined();
  });

  it('needs nothing of what only the index knows', () => {
    expect(judge(CALL, wanted({ words: [is('summary')] }))).toEqual({ fits: true });
  });
});

describe('what is judged by the words of a call', () => {
  it('a phrase: its words follow one another in one turn', () => {
    expect(text(judge(CALL, wanted({ phrases: [['next', 'week']] })))).toContain('[next week]');
    expect(judge(CALL, wanted({ phrases: [['week', 'next']] })).fits).toBe(false);
    expect(judge(CALL, wanted({ phrases: [['help', 'my']] })).fits).toBe(false);
    expect(judge(CALL, wanted({ words: [is('parcel')], without: [['next', 'week']] })).fits).toBe(false);
    expect(judge(CALL, wanted({ words: [is('parcel')], without: [['last', 'week']] })).fits).toBe(true);
  });

  it('who said it: all of it', () => {
    expect(judge(CALL, wanted({ words: [is('money')], by: 'agent' })).snippet?.turn).toBe('t-3');
    expect(judge(CALL, wanted({ words: [is('money'), is('parcel')], by: 'agent' })).fits).toBe(false);
    expect(judge(CALL, wanted({ phrases: [['next', 'week']], by: 'customer' })).fits).toBe(false);
  });

  it('says where nobody can tell who it was', () => {
    const voices = turns(['First voice', 'my money'], ['Second voice', 'yes']);
    expect(judge(voices, wanted({ words: [is('money')], by: 'customer' }))).toEqual({ fits: false, unknown: true });
  });
});
