import { expect, test } from 'vitest';
import { callLine, type LineFacts } from './call-line.ts';

const facts: LineFacts = {
  id: 'c01',
  path: '/calls/c01/',
  day: '2026-11-25',
  started: '2026-11-25T09:00:00.000Z',
  direction: 'inbound',
  qa: 'evaluated',
  score: 62,
  passed: false,
  rules: [
    { rule: 'greeting', pass: false },
    { rule: 'notes', pass: true },
    { rule: 'closing' },
    { rule: 'identity', pass: false },
    { rule: 'offer', pass: false },
  ],
};
const rules = { names: new Map([['identity', 'Identity verified']]), critical: new Set(['identity']) };
const agent = { id: 'ann', name: 'Ann', href: '/agents/ann/' };

test('a line names the failed rules alone, critical ones first, else in their order', () => {
  expect(callLine(facts, agent, rules).failedRules).toEqual([
    { name: 'Identity verified', critical: true },
    { name: 'greeting', critical: false },
    { name: 'offer', critical: false },
  ]);
});

test('a line has the page of the call, its agent, and the reasons that it was given', () => {
  const reasons = [{ kind: 'negative' as const, score: -0.7, points: 20 }];
  expect(callLine(facts, agent, rules, reasons)).toMatchObject({ href: '/calls/c01/', agent, score: 62, reasons });
  expect(callLine(facts, agent, rules)).not.toHaveProperty('path');
});
