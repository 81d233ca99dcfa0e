import { describe, expect, test } from 'vitest';
import { andList, englishLocaleOf, monthName, orList, weekdayName } from './english.ts';
import { day } from './format.ts';

describe('the English of a tenant', () => {
  test.each([
    ['de-DE', 'en-GB'],
    ['ar', 'en-GB'],
    ['ja', 'en-GB'],
    ['fi', 'en-GB'],
    ['es-US', 'en-US'],
    ['fr-CA', 'en-US'],
    ['en-US', 'en-US'],
    ['en-GB', 'en-GB'],
    ['en-AU', 'en-AU'],
    ['en', 'en'],
  ])('%s is written in %s', (locale, english) => {
    expect(englishLocaleOf(locale)).toBe(english);
  });

  test.each(['de-DE', 'ar', 'ja', 'fi', 'en-GB'])('weekdays, months, days and lists are English for %s', (locale) => {
    expect(weekdayName(2, locale)).toBe('Tuesday');
    expect(weekdayName(0, locale, 'short')).toBe('Sun');
    expect(monthName('2025-12', locale)).toBe('December 2025');
    expect(day('2025-12-09', englishLocaleOf(locale))).toBe('Tue 9 Dec');
    expect(andList(['a', 'b', 'c'], locale)).toBe('a, b and c');
    expect(orList(['a', 'b'], locale)).toBe('a or b');
  });
});
