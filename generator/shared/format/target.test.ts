import { expect, it } from 'vitest';
import type { Totals } from '../view.ts';
import { isMet, passedTarget, ruleTarget, scoreTarget, shareTarget, targetSentence } from './target.ts';

const SITE = { locale: 'en-GB', minimumN: 5, targets: { qaPassed: 0.85, averageScore: 80 } };
const of = (qaPassed: number, qaEvaluated: number, qaAverageScore?: number) =>
  ({ qaPassed, qaEvaluated, qaPassRate: qaPassed / qaEvaluated, qaAverageScore }) as Totals;

it('a target is met from its very share on, as figures are shown', () => {
  expect([isMet(0.1 + 0.2, 0.3), isMet(0.3, 0.1 + 0.2), isMet(0.85, 0.85), isMet(0.8494, 0.85)]).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect([isMet(0.8496, 0.85), isMet(0.875, 0.875), isMet(0.8744, 0.875)]).toEqual([true, true, false]);
  expect([scoreTarget(of(5, 5, 79.96), SITE), scoreTarget(of(5, 5, 79.94), SITE)]).toEqual([
    'target 80 met',
    'target 80 missed',
  ]);
  expect([passedTarget(of(17, 20), SITE), passedTarget(of(16, 20), SITE)]).toEqual([
    'target 85% met',
    'target 85% missed',
  ]);
});

it('too few calls meet and miss nothing, and without a target nothing is said', () => {
  expect([passedTarget(of(1, 4), SITE), targetSentence(of(1, 4), SITE)]).toEqual(['target 85%', '']);
  expect([scoreTarget(of(1, 4, 60), SITE), scoreTarget(of(4, 5, 60), SITE)]).toEqual(['target 80', 'target 80 missed']);
  const bare = { locale: 'en-GB', minimumN: 5 };
  for (const words of [passedTarget(of(9, 9), bare), scoreTarget(of(9, 9, 90), bare)]) expect(words).toBeUndefined();
  expect(targetSentence(of(9, 9), bare)).toBe('');
  expect(ruleTarget({ evaluated: 9, passed: 9 }, SITE)).toBeUndefined();
});

it('a rule has its own, and shares are written as they were set', () => {
  expect(ruleTarget({ evaluated: 10, passed: 9, target: 0.95 }, SITE)).toBe('target 95% missed');
  expect(ruleTarget({ evaluated: 10, passed: 10, target: 1 }, SITE)).toBe('target 100% met');
  expect(shareTarget(0.875, 'en-GB')).toBe('87.5%');
  expect(shareTarget(0.875, 'de-DE')).toMatch(/^87,5\s%$/);
  expect(targetSentence(of(10, 10), SITE)).toBe(' The target of 85% was met.');
});
