import { expect, test } from 'vitest';
import { failedFirst, failedRules } from './failed-rules.ts';

const rules = { names: new Map([['identity', 'Identity verified']]), critical: new Set(['identity']) };

test('of the rules that failed those that are asked for come first, then critical ones, then the others, by identity whatever order they come in', () => {
  const ids = (requested?: string[]) =>
    failedRules(['offer', 'identity', 'notes'], rules, requested).map(({ id }) => id);
  expect(ids()).toEqual(['identity', 'notes', 'offer']);
  expect(ids(['offer'])).toEqual(['offer', 'identity', 'notes']);
  expect(ids(['notes'])).toEqual(['notes', 'identity', 'offer']);
  expect(ids(['notes', 'identity'])).toEqual(['identity', 'notes', 'offer']);
  expect(failedRules(['identity', 'offer'], rules)).toEqual([
    { id: 'identity', name: 'Identity verified', critical: true },
    { id: 'offer', name: 'offer', critical: false },
  ]);
});

test('all rules of a call stand with failed critical ones first and those without a verdict last', () => {
  const all = [
    { name: 'a', critical: true },
    { name: 'b', critical: true, pass: true },
    { name: 'c', critical: false, pass: false },
    { name: 'd', critical: false, pass: true },
    { name: 'e', critical: true, pass: false },
    { name: 'f', critical: false },
  ];
  expect(
    all
      .toSorted(failedFirst)
      .map(({ name }) => name)
      .join(''),
  ).toBe('ecbdaf');
});
