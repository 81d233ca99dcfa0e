import { expect, test } from 'vitest';
import {
  countChange,
  countDifference,
  failedChange,
  hoursChange,
  pointsChange,
  secondsChange,
  sentimentChange,
} from './change.ts';

test('it says how volume changed without judging it', () => {
  expect(countChange(2158, 2069, 'en-GB')).toEqual({ arrow: '▲', text: '4.3%', from: 'from 2,069' });
  expect(countChange(7, 7, 'en-GB')).toEqual({ arrow: '→', text: 'same', from: 'as 7' });
  expect(countChange(7, 0, 'en-GB')).toEqual({ arrow: '▲', text: '7', from: 'from 0' });
  expect(countDifference(18, 20, 'en-GB').text).toBe('2');
});

test('a figure that has not changed is as it was, and the value that it is compared with always stands there', () => {
  const spans = { days: 7, before: { from: '2026-11-01', to: '2026-11-14' }, perDay: true as const };
  const changes = (now: number, before: number, over?: typeof spans) =>
    [countChange, countDifference, hoursChange].map((change) => change(now, before, 'en-GB', over));
  const words = (of: ReturnType<typeof changes>) => of.map(({ arrow, text, from }) => `${arrow} ${text} ${from}`);
  expect(words(changes(5400, 5400))).toEqual(['→ same as 5,400', '→ same as 5,400', '→ same as 1:30']);
  expect(words(changes(0, 0))).toEqual(['→ same as 0', '→ same as 0', '→ same as 0:00']);
  expect(words(changes(5400, 0))).toEqual(['▲ 5,400 from 0', '▲ 5,400 from 0', '▲ 1:30 from 0:00']);
  expect(words(changes(7, 14, spans))).toEqual([
    '→ same as 1 per day',
    '→ same as 1 per day',
    '→ same as 0:00 per day',
  ]);
  expect(words(changes(25200, 0, spans))).toEqual([
    '▲ 3,600 from 0 per day',
    '▲ 3,600 from 0 per day',
    '▲ 1:00 from 0:00 per day',
  ]);
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

test('a fall is as large as the rise back, also by half a tenth of a point', () => {
  expect(pointsChange(1 / 16, 1 / 8, 'en-GB').text).toBe('6.3 pts');
  expect(pointsChange(1 / 8, 1 / 16, 'en-GB').text).toBe('6.3 pts');
});

test('it compares what a reader sees, so that two equal figures are the same', () => {
  expect(sentimentChange(0.134, 0.126, 'en-GB')).toEqual({ arrow: '→', text: 'same', from: 'as +0.13' });
  expect(sentimentChange(0.22, 0.24, 'en-GB')).toEqual({ arrow: '▼', text: '0.02', from: 'from +0.24' });
  expect(secondsChange(461, 455, 'en-GB')).toEqual({ arrow: '▲', text: '6 s', from: 'from 07:35' });
  expect(secondsChange(300, 100, 'en-GB').text).toBe('03:20');
});

test('a share of failed is worse where it is higher, and 6.3% are 6.3 points more than none', () => {
  expect(failedChange(1 / 16, 0, 'en-GB')).toEqual({
    arrow: '▲',
    text: '6.3 pts',
    from: 'from 0.0%',
    verdict: 'worse',
  });
  expect(failedChange(0.1, 0.25, 'en-GB')).toEqual({
    arrow: '▼',
    text: '15.0 pts',
    from: 'from 25.0%',
    verdict: 'better',
  });
  expect(failedChange(0.02, 0.01, 'en-GB').verdict).toBeUndefined();
});
