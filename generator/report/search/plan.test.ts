import { expect, it } from 'vitest';
import { daysBetween } from '#shared/calendar/days.ts';
import { UNDATED } from '#shared/counts/fold.ts';
import { planSegments } from './plan.ts';

const MONDAY = 1;
const days = [UNDATED, ...daysBetween('2026-02-27', '2026-03-18')];

it('cuts a site into the days of its newest week, the weeks of its newest month, and the months before', () => {
  const plans = planSegments(days, 5000, '2026-03-18', MONDAY);
  expect(plans.map(({ name }) => name)).toEqual([
    ...['2026-03-18', '2026-03-17', '2026-03-16'],
    ...['2026-03-09_2026-03-15', '2026-03-02_2026-03-08', '2026-02-23_2026-03-01'],
    ...['2026-02', UNDATED],
  ]);
  expect(plans.flatMap((plan) => plan.days)).toEqual([...days.slice(1).reverse(), UNDATED]);
  expect(plans[5]?.days).toEqual(['2026-03-01']);
});

it('lets no call of a mistaken date decide which week is the newest', () => {
  const plans = planSegments([...days, '2099-01-01'], 5000, '2026-03-18', MONDAY);
  expect(plans.slice(0, 2).map(({ name }) => name)).toEqual(['2099-01', '2026-03-18']);
});

it('leaves a small site in one piece, and an empty one in none', () => {
  expect(planSegments(days, 2000, '2026-03-18', MONDAY).map(({ name }) => name)).toEqual(['all']);
  expect(planSegments(days, 2001, '2026-03-18', MONDAY).length).toBeGreaterThan(1);
  expect(planSegments([], 0, undefined, MONDAY)).toEqual([]);
});
