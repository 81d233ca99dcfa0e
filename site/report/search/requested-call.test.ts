import { describe, expect, it } from 'vitest';
import { requestedCall } from './requested-call.ts';

const DAYS = ['2025-03-09', '2026-03-09', '2026-03-10', '2026-05-03', '2026-12-01'];
const read = (text: string, locale = 'en-GB') => requestedCall(text, DAYS, locale);

describe('a text that is looked up as a call', () => {
  it.each([
    ['Ann 9 March', ['2026-03-09', '2025-03-09'], 'Ann'],
    ['9 mar 2025 ann lee', ['2025-03-09'], 'ann lee'],
    ['March 9, 2026', ['2026-03-09'], ''],
    ['9th march', ['2026-03-09', '2025-03-09'], ''],
    ['ann 2026-03-10', ['2026-03-10'], 'ann'],
    ['ann 3/5', ['2026-05-03'], 'ann'],
    ['3.5. ann', ['2026-05-03'], 'ann'],
  ])('names a day: %s', (text, days, who) => {
    expect(read(text)).toEqual({ days, who });
  });

  it('names a day as the site writes it', () => {
    expect(read('Ann 5/3', 'en-US')).toEqual({ days: ['2026-05-03'], who: 'Ann' });
    expect(read('1. Dezember', 'de-DE')).toEqual({ days: ['2026-12-01'], who: '' });
    expect(read('1 dec', 'de-DE')).toEqual({ days: ['2026-12-01'], who: '' });
  });

  it.each([
    ['+44 1632 960-001', '441632960001'],
    ['01632 960001', '1632960001'],
    ['+44 (0)1632 960001', '441632960001'],
    ['0044 1632', '441632'],
    ['60001', '60001'],
  ])('is a number, however it is written: %s', (text, digits) => {
    expect(read(text)).toMatchObject({ digits });
  });

  it.each(['b89DF530-52ae', 'c01', 'jo@home.example', '••01'])('is an id or an address: %s', (text) => {
    expect(read(text)).toEqual({ word: text.toLowerCase() });
  });

  it.each(['Ann', 'identity verified', 'Ann March', '12', '/', '', 'ann 31 Jan'])(
    'is none where it is words: %s',
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );
});
