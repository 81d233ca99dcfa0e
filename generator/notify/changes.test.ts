import { expect, it } from 'vitest';
import type { OrganizationNotices } from '../publish/notices.ts';
import { ALL, changesOf, type Seen } from './changes.ts';
import { noticeText } from './words.ts';

const SINCE = '2026-03-30T10:00:00.000Z';
/** What runs find one after the other, and the lines that each tells. */
function lines(...runs: Omit<Seen, 'org'>[]): string[][] {
  let told: OrganizationNotices = {};
  return runs.map((seen, i) => {
    const result = changesOf(told, { org: 'org_1', ...seen }, new Date(Date.UTC(2026, 3, 1, i)).toISOString());
    told = JSON.parse(JSON.stringify(result.told)) as OrganizationNotices;
    return result.changes.length === 0 ? [] : noticeText(result.changes).split('\n');
  });
}

it('a failed run is told once, and once that runs succeed again', () => {
  expect(
    lines({ build: 'ok' }, { build: 'failed' }, { build: 'failed' }, {}, { build: 'ok' }, { build: 'ok' }),
  ).toEqual([
    [],
    ['CCI Lite Reports: 1 problem', 'org_1: its last run failed. status --org org_1 says why.'],
    [],
    [],
    ['CCI Lite Reports: 1 in order again', 'org_1: its runs succeed again.'],
    [],
  ]);
});

it('so is a standstill, which a failed run does not end', () => {
  const calls = (state: 'ok' | 'standstill') => ({ calls: { state, since: SINCE } });
  expect(
    lines(calls('standstill'), { build: 'failed' }, { build: 'ok', ...calls('standstill') }, calls('ok')).flat(),
  ).toEqual([
    'CCI Lite Reports: 1 problem',
    'org_1: it stands still: the newest call began 2026-03-30 10:00 UTC, longer ago than is usual there. Check whether the pipeline still writes to the results store.',
    'CCI Lite Reports: 1 problem',
    'org_1: its last run failed. status --org org_1 says why.',
    'CCI Lite Reports: 1 in order again',
    'org_1: its runs succeed again.',
    'CCI Lite Reports: 1 in order again',
    'org_1: calls arrive again; the newest began 2026-03-30 10:00 UTC.',
  ]);
});

it('each digest that needs somebody is told once, more of one issue again, and the end once', () => {
  const of = (digests: { [issue: string]: number }) => ({ digests });
  const [first, same, more, next, , over, still] = lines(
    of({ '2026-03-29 failed': 1, '2026-03-29-weekly unknown': 2 }),
    of({ '2026-03-29 failed': 1, '2026-03-29-weekly unknown': 2 }),
    of({ '2026-03-29 failed': 3, '2026-03-29-weekly unknown': 2 }),
    of({ '2026-03-30 not sent': 1 }),
    of({ '2026-03-30 not sent': 1 }),
    of({}),
    of({}),
  );
  expect(first?.[1]).toBe(
    'org_1: digests about 2026-03-29: 1 failed, digests about the week to 2026-03-29: 2 unknown. digest log --org org_1 says which.',
  );
  expect([same, more?.[1]]).toEqual([
    [],
    'org_1: digests about 2026-03-29: 3 failed. digest log --org org_1 says which.',
  ]);
  expect(next?.[1]).toContain('digests about 2026-03-30: 1 not sent');
  expect([over?.[1], still]).toEqual([
    'org_1: its digests go out again. What stayed unknown or failed is in digest log --org org_1.',
    [],
  ]);
  expect(lines(of({ [ALL]: 1 }))[0]?.[1]).toContain('org_1: its digests could not be looked at.');
  expect(lines(of({ constructor: 1 }))[0]).toHaveLength(2);
});

it('refusals are told with their numbers', () => {
  const of = (refused: number) => ({ refused: { refused, calls: 100 } });
  expect(lines(of(3), of(60), of(5)).flat()).toEqual([
    'CCI Lite Reports: 1 problem',
    'org_1: refused objects jumped from 3 to 60. status --org org_1 and the page /about/ say why.',
    'CCI Lite Reports: 1 in order again',
    'org_1: refused objects no longer rise; they are 5.',
  ]);
});

it('dead calls of the pipeline are told as refusals are, beside them', () => {
  const of = (dead: number) => ({ refused: { refused: 3, calls: 100 }, dead: { refused: dead, calls: 100 } });
  expect(lines(of(0), of(40), { refused: { refused: 3, calls: 100 } }, of(2)).flat()).toEqual([
    'CCI Lite Reports: 1 problem',
    'org_1: calls that the pipeline has put aside jumped from 0 to 40. pipeline status --org org_1 and the page /about/ say why.',
    'CCI Lite Reports: 1 in order again',
    'org_1: calls that the pipeline has put aside no longer rise; they are 2.',
  ]);
});

it('many are counted after forty', () => {
  const changes = Array.from({ length: 50 }, (_, i) => ({
    organization: `org_${i}`,
    subject: 'build' as const,
    state: i < 45 ? ('trouble' as const) : ('ok' as const),
  }));
  const text = noticeText(changes).split('\n');
  expect([text.length, text[0], text.at(-1)]).toEqual([
    42,
    'CCI Lite Reports: 45 problems, 5 in order again',
    'And 10 more: run status and digest log.',
  ]);
});
