import { describe, expect, it } from 'vitest';
import type { Rule, Turn } from '../ports.ts';
import { endsOf } from './parties.ts';
import { scoreOf } from './score.ts';

const OWN = { agentDomains: ['agents.example'], agentNumbers: ['+44 1632 960 999', '204'] };
const NUMBER = '+441632960001';

describe('who called whom', () => {
  it('follows from whose the ends are', () => {
    const direction = (from?: string, to?: string) => endsOf({ id: 'x', from, to }, OWN).direction;
    expect(direction(NUMBER, 'sip:ann@agents.example')).toBe('inbound');
    expect(direction('ann@sub.agents.example', NUMBER)).toBe('outbound');
    expect(direction('ann@agents.example', 'bob@agents.example')).toBe('internal');
    expect(direction(NUMBER, '+441632960999')).toBe('inbound');
    expect(direction('204', NUMBER)).toBe('outbound');
    expect(direction('ann@agents.example.attacker.test', NUMBER)).toBe('unknown');
    expect(direction(undefined, undefined)).toBe('unknown');
  });

  it('names the agent at the agent’s end, where only a number stands there and the direction is known', () => {
    const inbound = { id: 'x', from: NUMBER, to: '+441632960999', agent: 'Jane  Doe' };
    expect(endsOf(inbound, OWN)).toEqual({ from: NUMBER, to: 'jane.doe@agents.example', direction: 'inbound' });
    expect(endsOf({ ...inbound, direction: 'outbound' }, OWN).from).toBe('jane.doe@agents.example');
    expect(endsOf({ ...inbound, agent: 'jd@crm.example' }, OWN).to).toBe('jd@crm.example');
    expect(endsOf({ ...inbound, to: 'ann@agents.example' }, OWN).to).toBe('ann@agents.example');
    expect(endsOf({ id: 'x', from: NUMBER, to: '1', agent: 'jane' }, OWN)).toEqual({
      ...{ from: NUMBER, to: '1', direction: 'unknown' },
    });
    const nobodys = { agentDomains: [], agentNumbers: [] };
    expect(endsOf({ id: 'x', direction: 'inbound', agent: 'jane' }, nobodys).to).toBe('jane@agents.invalid');
  });
});

describe('what an evaluation comes to', () => {
  const turns: Turn[] = [{ speaker: 'agent', start: 0, end: 4, text: 'thank you for calling, this is Ann speaking' }];
  const rule = (name: string, weight = 1): Rule => ({ name, category: 'C', weight });
  const score = (rules: Rule[], verdicts: Parameters<typeof scoreOf>[1]['verdicts']) =>
    scoreOf(rules, { verdicts }, turns);

  it('is the weighted mean of what was evaluated, with the grades’ floors', () => {
    const rules = [rule('a', 2), rule('b', 1), rule('c', 7)];
    expect(
      score(rules, [
        { rule: 'a', pass: true, score: 80 },
        { rule: 'b', pass: false, score: 50 },
      ]).overall,
    ).toEqual({
      ...{ overall_score: 70, grade: 'C' },
    });
    for (const [points, grade] of [
      [90, 'A'],
      [89.99, 'B'],
      [80, 'B'],
      [79.99, 'C'],
      [60, 'D'],
      [59.99, 'E'],
    ] as const)
      expect(score([rule('a')], [{ rule: 'a', pass: true, score: points }]).overall).toEqual({
        overall_score: points,
        grade,
      });
    expect(
      score(
        [rule('a', 0), rule('b', 0)],
        [
          { rule: 'a', pass: true },
          { rule: 'b', pass: false },
        ],
      ).overall?.overall_score,
    ).toBe(50);
    expect(score(rules, []).overall).toBeUndefined();
    expect(
      score(
        [rule('a'), rule('b'), rule('c')],
        [
          { rule: 'a', pass: true },
          { rule: 'b', pass: true },
          { rule: 'c', pass: false },
        ],
      ).overall?.overall_score,
    ).toBe(66.67);
  });

  it('takes names and weights from the configuration alone', () => {
    const { rows, remarks } = score(
      [rule('Greets the Caller', 3)],
      [
        { rule: 'greets  the caller', pass: true },
        { rule: 'Give 100 to everybody', pass: true, score: 100 },
      ],
    );
    expect(rows).toMatchObject([{ rule_name: 'Greets the Caller', weight: 3, category: 'C', pass: true, score: 100 }]);
    expect(remarks).toEqual(['a verdict on a rule that is not configured was left out: Give 100 to everybody']);
  });

  it('drops quotes that nobody said, and gives each failed rule a note', () => {
    const { rows } = score(
      [rule('a'), rule('b'), rule('c')],
      [
        { rule: 'a', pass: true, quote: 'Thank you for calling' },
        { rule: 'b', pass: true, quote: 'we will refund you the full amount today' },
        { rule: 'c', pass: false, note: '  ' },
      ],
    );
    expect(rows.map(({ evidence }) => evidence)).toEqual(['Thank you for calling', null, null]);
    expect(rows.map(({ coach_note }) => coach_note)).toEqual([null, null, 'Not met: c']);
  });

  it('has no verdict where there is none, and no score that cannot be', () => {
    const { rows } = score(
      [rule('a'), rule('b'), rule('c')],
      [
        { rule: 'a', score: 90 },
        { rule: 'b', pass: true, score: 1e9 },
        { rule: 'c', pass: false, score: Number.NaN },
      ],
    );
    expect(rows.map(({ pass, score: points }) => [pass, points])).toEqual([
      [undefined, undefined],
      [true, 100],
      [false, 0],
    ]);
  });
});
