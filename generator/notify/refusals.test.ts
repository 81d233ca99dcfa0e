import { expect, it } from 'vitest';
import type { OrganizationNotices } from '../publish/notices.ts';
import { judgeRefusals } from './refusals.ts';

/** What runs find, by hour; what each tells. */
function told(...runs: [hour: number, refused: number, calls: number][]): string[] {
  let base: OrganizationNotices['refused'];
  return runs.flatMap(([hour, refused, calls]) => {
    const at = new Date(Date.parse('2026-04-01T00:00:00Z') + hour * 3_600_000).toISOString();
    const judged = judgeRefusals(base, { refused, calls }, at);
    base = judged.base;
    return judged.change ? [`${hour}: ${judged.change}`] : [];
  });
}

it('ten more that are a tenth of what has come are a jump; fewer, or among many calls, are none', () => {
  expect(told([0, 3, 100], [1, 13, 100])).toEqual(['1: jumped']);
  expect(told([0, 3, 100], [1, 12, 100])).toEqual([]);
  expect(told([0, 3, 100], [1, 13, 190])).toEqual(['1: jumped']);
  expect(told([0, 3, 100], [1, 13, 191])).toEqual([]);
  expect(told([0, 5_000, 100])).toEqual([]);
});

it('calls that are refused from now on are a jump, though nothing has come', () => {
  expect(told([0, 0, 10_000], [1, 500, 9_500])).toEqual(['1: jumped']);
});

it('a jump is told once, while it goes on and hour by hour, and its end a quiet day later', () => {
  const hours = Array.from({ length: 80 }, (_, i): [number, number, number] => [i + 1, 20 * Math.min(i + 1, 30), 100]);
  expect(told([0, 0, 100], ...hours)).toEqual(['1: jumped', '73: ok']);
});

it('it is over at once where fewer are refused again, and another jump is told', () => {
  expect(told([0, 3, 100], [1, 60, 100], [2, 60, 100], [3, 4, 156], [4, 40, 156])).toEqual([
    '1: jumped',
    '3: ok',
    '4: jumped',
  ]);
});

it('a slow rise is none, and what was corrected counts from there', () => {
  const slow = Array.from({ length: 200 }, (_, i): [number, number, number] => [i * 6, i * 2, 100 + i * 5]);
  expect(told(...slow)).toEqual([]);
  expect(told([0, 100, 100], [1, 0, 200], [2, 15, 200])).toEqual(['2: jumped']);
});
