import { expect, test } from 'vitest';
import { countChange, countDifference, pointsChange, secondsChange, sentimentChange } from './change.ts';

test('it says how volume changed without judging it', () => {
  expect(countChange(2158, 2069, 'en-GB')).toEqual({ arrow: '▲', text: '4.3%', from: 'from 2,069' });
  expect(countChange(7, 7, 'en-GB')).toEqual({ arrow: '→', text: 'same', from: 'as before' });
  expect(countChange(7, 0, 'en-GB')).toEqual({ arrow: '▲', text: '7', from: 'from none' });
  expect(countDifference(18, 20, 'en-GB').text).toBe('2');
});

test('it calls a change of a share worse or better from three points on', () => {
  expect(pointsChange(0.849, 0.892, 'en-GB')).toEqual({
    arrow: '▼',
    text: '4.3 pts',
    from: 'from 89.2%',
    verdict: 'worse',
  });
  expect(pointsChange(0.9, 0.66, 'en-GB').verdict).toBe('better');
  expect(pointsChange(0.89, 0.9, 'en-GB').verdict).toBeUndefined();
  expect(pointsChange(0.9, 0.9, 'en-GB')).toEqual({ arrow: '→', text: 'same', from: 'as 90.0%' });
});

test('it compares what a reader sees, so that two equal figures are the same', () => {
  expect(sentimentChange(0.134, 0.126, 'en-GB')).toEqual({ arrow: '→', text: 'same', from: 'as +0.13' });
  expect(sentimentChange(0.22, 0.24, 'en-GB')).toEqual({ arrow: '▼', text: '0.02', from: 'from +0.24' });
  expect(secondsChange(461, 455, 'en-GB')).toEqual({ arrow: '▲', text: '6 s', from: 'from 07:35' });
  expect(secondsChange(300, 100, 'en-GB').text).toBe('03:20');
});
