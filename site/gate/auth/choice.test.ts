import { expect, test } from 'vitest';
import { choiceOf } from './choice.ts';

const [one, two] = ['org_1', 'org_2'].map((id) => ({ organization: { id, name: `Name of ${id}` } })) as [
  Member,
  Member,
];
type Member = { organization: { id: string; name: string } };

test('who belongs to none is told whom to ask', () => {
  expect(choiceOf([], undefined)).toEqual({ kind: 'none' });
});

test('the only organization is activated by itself, and only once', () => {
  expect(choiceOf([one], undefined)).toEqual({ kind: 'activate', organization: 'org_1' });
  expect(choiceOf([one], 'org_of_before')).toEqual({ kind: 'activate', organization: 'org_1' });
  expect(choiceOf([one], 'org_1')).toEqual({ kind: 'only', name: 'Name of org_1' });
});

test('who belongs to several chooses', () => {
  for (const active of [undefined, 'org_1', 'org_2']) expect(choiceOf([one, two], active)).toEqual({ kind: 'list' });
});
