import { expect, it } from 'vitest';
import { patternProblem, readNames } from './pattern.ts';

it('reads the groups of names, those that have matched', () => {
  expect(
    readNames('^(?<agent>\\w+)-(?<from>\\+?\\d+)(?:-(?<to>\\d+))?', ['jane-+441.wav', 'x', 'bob-1-2.wav']),
  ).toEqual([{ agent: 'jane', from: '+441' }, {}, { agent: 'bob', from: '1', to: '2' }]);
});

it('reads thousands of names, each of them once', () => {
  const names = Array.from({ length: 2500 }, (_, at) => `${at}.wav`);
  expect(readNames('^(?<from>\\d+)', names).map(({ from }) => Number(from))).toEqual(names.map((_, at) => at));
});

it.each([
  ['(', 'is no regular expression'],
  ['^\\d+$', 'has no named group'],
  ['(?<caller>\\d+)', 'has the group caller'],
])('refuses %s', (pattern, problem) => {
  expect(patternProblem(pattern)).toContain(problem);
});

it('takes every group that there is', () => {
  expect(
    patternProblem('(?<from>a)(?<to>b)(?<started>c)(?<ended>d)(?<agent>e)(?<direction>f)(?<group>g)(?<call_id>h)'),
  ).toBeUndefined();
});
