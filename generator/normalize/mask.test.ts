import { describe, expect, it } from 'vitest';
import type { Call, RuleResult, Utterance } from '#shared/model.ts';
import { aliasOf } from '../masking/alias.ts';
import { maskWith } from './mask.ts';
import type { FieldRemark } from './remarks.ts';

const KEY = 'k'.repeat(32);
const NUMBER = '+441632960001';
const mask = maskWith(KEY, 'org_1', ['agents.example']);

const CALL: Call = {
  id: 'c1',
  day: '2026-03-30',
  direction: 'inbound',
  from: NUMBER,
  to: 'ann@agents.example',
  agent: 'ann@agents.example',
  qa: 'evaluated',
  rules: [],
  insights: [],
  metadata: [],
  transcript: 'present',
};
const turnsOf = (...texts: string[]): Utterance[] => texts.map((text) => ({ speaker: 'customer', text }));
const masked = (
  over: Partial<Call>,
  turns: Utterance[] = [],
  remarks: FieldRemark[] = [],
  end: 'from' | 'to' | 'unknown' = 'to',
) => mask({ call: { ...CALL, ...over }, turns, remarks }, end === 'unknown' ? undefined : end);
const said = (over: Partial<Call>, ...texts: string[]) => masked(over, turnsOf(...texts)).turns.map(({ text }) => text);
/** The pseudonym of an outside party. */
const of = (party: string) => masked({ from: party }).call.from ?? expect.fail();

describe('who is outside', () => {
  it.each<[string, Partial<Call>, end: 'from' | 'to' | 'unknown', outside: ('from' | 'to')[]]>([
    ['a number at the other end', {}, 'to', ['from']],
    ['a number at the agent’s end is not', { from: '+441632960777', to: NUMBER }, 'from', ['to']],
    ['numbers at both where nobody is known to be the agent', { to: '+441632960777' }, 'unknown', ['from', 'to']],
    ['an address in no agents’ domain', { from: 'jane@home.example' }, 'to', ['from']],
    ['an address in an agents’ domain is not', { from: 'bob@sub.agents.example' }, 'unknown', []],
    ['a name', { from: 'Bob Hiddenname' }, 'unknown', ['from']],
    ['a name where the agent is not known', { from: 'Bob Hiddenname', agent: null }, 'unknown', ['from']],
    ['a name that is the agent’s is not', { from: 'Bob  HIDDENNAME', agent: 'bob hiddenname' }, 'unknown', []],
    ['a number that is named as agent, but is not at the agent’s end', { agent: NUMBER }, 'unknown', ['from']],
    ['nobody is not', { from: 'anonymous' }, 'unknown', []],
  ])('%s', (_what, over, end, outside) => {
    const { call } = masked(over, [], [], end);
    const was = { ...CALL, ...over };
    expect((['from', 'to'] as const).filter((each) => call[each] !== was[each])).toEqual(outside);
    for (const each of outside) expect(call[each]).toMatch(/^••/);
  });

  it('a call without an end keeps none, and what it says stays', () => {
    const { call, turns } = masked({ from: undefined }, turnsOf(`ring ${NUMBER}`));
    expect([call.from, call.to, turns]).toEqual([undefined, 'ann@agents.example', turnsOf(`ring ${NUMBER}`)]);
  });
});

describe('a pseudonym', () => {
  it('shows the last two digits that stand before an @, and of a name alone one dot more', () => {
    expect(of(NUMBER)).toMatch(/^••01-[0-9a-f]{10}$/);
    expect(of('jane.x7@home2.example')).toMatch(/^••7-[0-9a-f]{10}$/);
    expect(of('jane@home2.example')).toMatch(/^••-[0-9a-f]{10}$/);
    expect(of('Bob Hiddenname')).toMatch(/^•••-[0-9a-f]{10}$/);
    expect(of('desk 123')).toMatch(/^••23-[0-9a-f]{10}$/);
  });

  it('is one for one party however it is written, and for no two', () => {
    expect(of(`"Jo" <sip:${NUMBER}@carrier.example:5060>`)).toBe(of('+44 1632 960001'));
    expect(of('sip:Jane@Home.example:5060')).toBe(of('jane@home.example'));
    const parties = [NUMBER, '+441632960002', 'jane@home.example', 'june@home.example', 'Bob Hiddenname', 'Bob Other'];
    expect(new Set(parties.map(of)).size).toBe(6);
  });
});

describe('what a call says of an outside party', () => {
  const text = `ring ${NUMBER} now`;
  const hide = () => `ring ${of(NUMBER)} now`;

  it('is hidden in every field that is shown', () => {
    const hidden = hide();
    const rule: RuleResult = {
      rule: text,
      name: text,
      category: text,
      score: 100,
      pass: true,
      evidence: text,
      coachNote: text,
      description: text,
      reason: text,
    };
    const { call, turns, remarks } = masked(
      {
        agentName: text,
        agent: text,
        rules: [rule, { rule: 'plain', name: 'Plain' }],
        insights: [{ key: text, value: text }],
        language: text,
        notEvaluatedReason: text,
        metadata: [
          { label: 'Note', value: text },
          { label: text, value: 'x' },
        ],
      },
      [
        { speaker: text, start: 1, end: 2, text },
        { speaker: 'agent', text: 'yes' },
      ],
      [{ code: 'not-a-number', column: text, value: text }],
    );
    expect(call).toEqual({
      ...CALL,
      from: of(NUMBER),
      agentName: hidden,
      agent: hidden,
      rules: [
        {
          rule: hidden,
          name: hidden,
          category: hidden,
          score: 100,
          pass: true,
          evidence: hidden,
          coachNote: hidden,
          description: hidden,
          reason: hidden,
        },
        { rule: 'plain', name: 'Plain' },
      ],
      insights: [{ key: hidden, value: hidden }],
      language: hidden,
      notEvaluatedReason: hidden,
      // A label is the configuration's.
      metadata: [
        { label: 'Note', value: hidden },
        { label: text, value: 'x' },
      ],
    });
    expect(turns).toEqual([
      { speaker: hidden, start: 1, end: 2, text: hidden },
      { speaker: 'agent', text: 'yes' },
    ]);
    expect(remarks).toEqual([{ code: 'not-a-number', column: 'ring ••• now', value: hidden }]);
  });

  it('is hidden where it is said over several turns, values of metadata, or places of an insight', () => {
    const pieces = ['it is 01632', '960', 'and 001'];
    const shown = ['it is ••', '••', `and ${of(NUMBER)}`];
    expect(said({}, ...pieces)).toEqual(shown);
    const { call } = masked({
      metadata: pieces.map((value) => ({ label: 'x', value })),
      insights: [
        { key: 'steps', value: [pieces[0] as string, { note: pieces[1] as string, [pieces[2] as string]: null }] },
      ],
    });
    expect(call.metadata.map(({ value }) => value)).toEqual(shown);
    expect(call.insights[0]?.value).toEqual([shown[0], { note: shown[1], [shown[2] as string]: null }]);
  });

  it('is hidden in keys and numbers of an insight, of which all else stays what it was', () => {
    const hidden = hide();
    const { call } = masked({
      insights: [{ key: 'x', value: { [text]: [441632960001, 7, 1.5, true, null, 'x', { a: [] }] } }],
    });
    expect(call.insights[0]?.value).toEqual({ [hidden]: [of(NUMBER), 7, 1.5, true, null, 'x', { a: [] }] });
  });

  it('is hidden, and what names the agent stays', () => {
    expect(said({}, `ann@agents.example rang ${NUMBER}`)).toEqual([`ann@agents.example rang ${of(NUMBER)}`]);
    const named = { from: 'Ann Lee', to: 'Ann Lee Smith', agent: 'ann lee smith' };
    expect(masked(named).call).toMatchObject({ from: of('Ann Lee'), to: 'Ann Lee Smith', agent: 'ann lee smith' });
  });

  it('stays where nobody is outside', () => {
    const { call, turns } = masked(
      { from: 'anonymous', insights: [{ key: 'x', value: [text, 441632960001] }] },
      turnsOf(text),
    );
    expect([call.insights[0]?.value, turns]).toEqual([[text, 441632960001], turnsOf(text)]);
  });

  it('is hidden of both ends where both are outside, each with its own pseudonym', () => {
    const { turns } = masked({ to: '+441632960777' }, turnsOf('01632 960001 or 01632 960777'), [], 'unknown');
    expect(turns[0]?.text).toBe(`${of(NUMBER)} or ${of('+441632960777')}`);
  });
});

describe('how an outside party is found', () => {
  it('by each of its numbers of six digits or more, and by none of its host', () => {
    const party = 'ext 12, +44 1632 960777 or 0207 946 0111 @gw123456.example';
    const shown = of(party);
    expect(said({ from: party }, 'a 01632 960777 b', 'c', 'd', 'e', 'f', 'g', 'a 0207 946 0111 b')).toEqual([
      `a ${shown} b`,
      'c',
      'd',
      'e',
      'f',
      'g',
      `a ${shown} b`,
    ]);
    expect(said({ from: party }, 'order 123456')).toEqual(['order 123456']);
    expect(said({ from: 'desk 12345' }, 'order 12345')).toEqual(['order 12345']);
    expect(said({ from: 'desk 123456' }, 'order 123456')).toEqual([`order ${of('desk 123456')}`]);
    expect(said({ from: 'desk 12 34 56' }, 'order 123456')).toEqual([`order ${of('desk 12 34 56')}`]);
  });

  it('by its address or its name, also where it has a number', () => {
    const address = `jane ${NUMBER}@home.example`;
    const [one] = said({ from: 'jane441632960001@home.example' }, 'JANE441632960001 at home.example, or 01632 960001');
    const own = of('jane441632960001@home.example');
    expect(one).toBe(`${own}, or ${own}`);
    expect(said({ from: address }, 'write to jane')).toEqual(['write to jane']);
    expect(said({ from: 'Bob Hiddenname' }, 'this is bob hiddenname')).toEqual([`this is ${of('Bob Hiddenname')}`]);
    // A number at a host is found with its host.
    const at = `${NUMBER}@carrier.example`;
    expect(said({ from: `sip:${at}` }, `from ${at} to`)).toEqual([`from ${of(NUMBER)} to`]);
    // A number alone is found by its digits: what stands around it does not matter.
    expect(said({ from: '(01632) 960 001' }, '01632-960-001')).toEqual([of('(01632) 960 001')]);
  });

  it('by its last sixty-four digits and as it stands, where it has more', () => {
    const long = '3141592653589793238462643383279502884197169399375105820974944592307816';
    expect(said({ from: long }, `to ${long}.`)).toEqual([`to ${of(long)}.`]);
    expect(said({ from: long }, `to ${long.slice(-64)}.`)).toEqual([`to ${of(long)}.`]);
    expect(said({ from: long }, `to ${long.replaceAll('0', '0 ')}.`)[0]).toContain(of(long));
  });
});

describe('a remark of a call', () => {
  it('names a column by its masked name, and a value so where no number of the party is known', () => {
    const remark = { code: 'not-a-number', column: 'c 01632960555', value: 'v 01632960555' } as const;
    const [known] = masked({}, [], [remark]).remarks;
    expect(known).toEqual({ ...remark, column: 'c •••' });
    const [unknown] = masked({ from: 'anonymous' }, [], [remark]).remarks;
    expect(unknown).toEqual({ ...remark, column: 'c •••', value: 'v •••' });
    const rule = { code: 'two-rows-of-a-rule', rule: 'r 01632960555' } as const;
    expect(masked({ from: 'anonymous' }, [], [rule]).remarks).toEqual([rule]);
    const [named] = masked({ from: 'Bob Hiddenname' }, [], [remark]).remarks;
    expect(named).toMatchObject({ value: 'v •••' });
  });
});

it('a call’s id is shown without the party’s number, and without groups of digits where that is not known', () => {
  const { call } = masked({ id: `rec 01632960001` });
  const span = { start: 4, end: 15, shown: of(NUMBER) };
  expect(call.alias).toEqual(aliasOf(KEY, 'org_1', 'rec 01632960001', [span], true));
  expect(call.alias?.id).toBe(`rec ${of(NUMBER)}`);
  expect(masked({ id: 'c1' }).call.alias).toBeUndefined();
  expect(masked({ id: 'a-01632-960-777' }).call.alias).toBeUndefined();
  expect(masked({ id: 'a-01632-960-777', from: 'anonymous' }).call.alias?.id).toMatch(/^a-••77-/);
  expect(masked({ id: 'a-01632-960-777', from: 'Bob Hiddenname' }).call.alias?.id).toMatch(/^a-••77-/);
});

it('an agent whom a record names is shown where an end is the agent’s, else without the outside party', () => {
  const at = (over: Partial<Call>, end: 'from' | 'to' | 'unknown') => masked(over, [], [], end).call.agent;
  expect(at({ to: '+441632960777', agent: '+441632960777' }, 'to')).toBe('+441632960777');
  expect(at({ agent: null }, 'to')).toBeNull();
  expect(at({ agent: NUMBER }, 'to')).toBe(of(NUMBER));
  expect(at({ agent: 'mary o’brien' }, 'to')).toBe('mary o’brien');
  expect(at({ from: 'Ann@agents.example', to: NUMBER, agent: 'ann@agents.example' }, 'from')).toBe(
    'ann@agents.example',
  );
});
