import { expect, it } from 'vitest';
import { closest, distance } from './closest.ts';

it.each([
  ['', '', 0],
  ['abc', 'abc', 0],
  ['abc', '', 3],
  ['kitten', 'sitting', 3],
  ['ab', 'ba', 1],
  ['digets', 'digest', 1],
])('the way from %j to %j has %i steps', (a, b, steps) => {
  expect(distance(a, b)).toBe(steps);
  expect(distance(b, a)).toBe(steps);
});

it.each([
  ['timezone', ['timeZone']],
  ['time_zone', ['timeZone']],
  ['recipents', ['recipients']],
  ['pasMark', ['passMark']],
  ['colour', []],
  ['x', []],
  ['', []],
])('%j is near to %j', (word, found) => {
  expect(closest(word, ['timeZone', 'recipients', 'passMark', 'locale', 'brand'])).toEqual(found);
});
