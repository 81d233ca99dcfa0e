import { expect, it } from 'vitest';
import { openRate, runLine, stepLine } from './meter.ts';
import { cutToWidth, widthOf } from './width.ts';

const RUN = { organizations: 12, done: 3, parts: [0.5, 0.5], elapsedMs: 60_000, rate: 412.4 };

it.each([
  [80, RUN, '3 of 12 organizations, 412 calls/s, about 2 min left'],
  [40, RUN, '3/12, 412 calls/s, 2 min'],
  [10, RUN, '3/12, 412…'],
  [80, { ...RUN, elapsedMs: 4_999 }, '3 of 12 organizations, 412 calls/s'],
  [80, { ...RUN, done: 0, parts: [0.1], rate: 0 }, '0 of 12 organizations'],
  [80, { ...RUN, done: 11, parts: [0.9] }, '11 of 12 organizations, 412 calls/s, about 5 s left'],
  [80, { ...RUN, elapsedMs: 3_600_000, parts: [] }, '3 of 12 organizations, 412 calls/s, about 3 h 0 min left'],
  [
    80,
    { organizations: 1, done: 0, parts: [0.25], elapsedMs: 20_000, rate: 5 },
    '0 of 1 organization, 5 calls/s, about 60 s left',
  ],
])('in %i columns %j is %j', (columns, run, line) => {
  expect(runLine(run, columns)).toBe(line);
});

const ID = 'org_2abcdefghijklmnopqrstuvwxyz';

it.each([
  [80, 'org_1', 'org_1  read calls ████████████░░░░░░░░░░░░ 500/1000'],
  [80, '', 'read calls ████████████░░░░░░░░░░░░ 500/1000'],
  [40, 'org_1', 'org_1  read calls ███████░░░░░░ 500/1000'],
  [30, 'org_1', 'org_1  read calls 500/1000'],
  [40, ID, 'org_2abcdefghijklm…  read calls 500/1000'],
  [20, ID, 'org_2…  re… 500/1000'],
  [5, ID, ' 500…'],
])('a step in %i columns of %j is never wider, and says what is done', (columns, about, line) => {
  expect(stepLine({ about, name: 'read calls', done: 500, total: 1000 }, columns)).toBe(line);
  expect(widthOf(line)).toBeLessThanOrEqual(columns);
});

it('shows a step that has not said how far it is by its name alone', () => {
  expect(stepLine({ about: 'org_1', name: 'publish', done: 0, total: 0 }, 80)).toBe('org_1  publish');
});

it.each([
  ['話し方', 6, '話し方'],
  ['話し方', 5, '話し…'],
  ['話し方', 4, '話…'],
  ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
  ['👩‍👩‍👧 x', 3, '👩‍👩‍👧…'],
  ['abc', 0, ''],
  ['abc', -3, ''],
])('%j in %i columns is %j', (text, columns, cut) => {
  expect(cutToWidth(text, columns)).toBe(cut);
  expect(widthOf(cut)).toBeLessThanOrEqual(Math.max(0, columns));
});

it('counts what goes by a second over the last ten', () => {
  let now = 0;
  const rate = openRate(() => now);
  rate.add(100);
  now = 5_000;
  expect(rate.perSecond()).toBe(20);
  rate.add(100);
  now = 10_001;
  expect(rate.perSecond()).toBe(10);
  now = 60_000;
  expect(rate.perSecond()).toBe(0);
});
