import { describe, expect, it } from 'vitest';
import { CONFIG, objectsOf, rule } from '../fixtures/objects.ts';
import type { JsonObject } from '../source/json.ts';
import type { RawCall } from '../source/read.ts';
import { tenantConfig } from '../tenants/config.ts';
import { normalizeCall } from './call.ts';
import { maskWith } from './mask.ts';
import { ruleId } from './rules.ts';

const config = (over: object = {}) => tenantConfig({ ...CONFIG, ...over }, undefined, true);

function raw(call: JsonObject = {}, over: Partial<RawCall> = {}): RawCall {
  const objects = [...objectsOf('org_1', { id: 'c1', call }).values()].map((text) => text.trim().split('\n'));
  const [record, rows, enriched] = objects.map((lines) => lines.map((line) => JSON.parse(line) as JsonObject));
  return {
    id: 'c1',
    calls: record?.[0] ?? 'missing',
    qa: rows ?? 'missing',
    enriched: enriched?.[0] ?? 'missing',
    metadata: 'missing',
    refused: [],
    ...over,
  };
}

function normalized(input: RawCall, over: object = {}, mask?: Parameters<typeof normalizeCall>[2]) {
  const result = normalizeCall(input, config(over), mask);
  if (result.kind !== 'call') throw new Error(`not a call: ${result.kind}`);
  return result;
}
const callOf = (record: JsonObject, over: object = {}) => normalized(raw(record), over).call;
const rows = (...list: JsonObject[]) => list.map((row) => ({ overall_score: 100, grade: 'A', ...row }));

describe('direction and agent', () => {
  const [agent, outside] = ['Ann@Agents.Example', '+441632960001'];
  it.each([
    ['unknown', outside, agent, 'inbound', 'ann@agents.example', true],
    ['unknown', agent, outside, 'outbound', 'ann@agents.example', true],
    ['unknown', agent, 'bob@sub.agents.example', 'internal', 'ann@agents.example', true],
    ['unknown', outside, outside, 'unknown', null, undefined],
    ['unknown', null, null, 'unknown', null, undefined],
    ['outbound', outside, agent, 'outbound', 'ann@agents.example', undefined],
    ['inbound', outside, 'eve@elsewhere.example', 'inbound', 'eve@elsewhere.example', undefined],
    ['outbound', 'eve@elsewhere.example', outside, 'outbound', 'eve@elsewhere.example', undefined],
    ['inbound', outside, outside, 'inbound', null, undefined],
    ['unknown', outside, 'eve@notagents.example', 'unknown', null, undefined],
    ['unknown', outside, 'sip:Ann@agents.example;transport=tls', 'inbound', 'ann@agents.example', true],
    ['unknown', outside, '"Ann" <sip:ann@agents.example:5060>', 'inbound', 'ann@agents.example', true],
    [['refund'], outside, agent, 'inbound', 'ann@agents.example', true],
  ])('of %j from %j to %j are %s and %s', (given, from, to, direction, id, derived) => {
    const call = callOf({ direction: given as never, from_number: from, to_number: to });
    expect(call).toMatchObject({ direction, agent: id });
    expect(call.directionDerived).toBe(derived);
  });
});

describe('times', () => {
  it.each([
    ['2026-03-28T23:30:00Z', '2026-03-28'],
    ['2026-03-29T23:30:00Z', '2026-03-30'],
    ['2026-03-29T23:30:00', '2026-03-30'],
    ['2026-03-30T00:30:00.1234567+02:00', '2026-03-29'],
    ['30/03/2026 10:00', null],
    ['2026-02-30T10:00:00Z', null],
    ['9999-12-31T23:59:59Z', null],
    ['0001-01-01T00:00:00Z', null],
    ['2026-03-30T01:00:00+02', '2026-03-30'],
    [null, null],
  ])('put a call that started %j on %j', (start, day) => {
    expect(callOf({ start_timestamp: start }).day).toBe(day);
  });
  it.each([
    [60, 60],
    [null, 90],
    [-60, undefined],
    [0, 0],
  ])('give a duration of %j as %j', (given, duration) => {
    expect(callOf({ duration_seconds: given, end_timestamp: '2026-03-30T10:01:30Z' }).durationSeconds).toBe(duration);
  });
});

describe('QA', () => {
  const qa = (list: RawCall['qa'], call: JsonObject = {}) => normalized(raw(call, { qa: list })).call;
  const failedRow = { score: 0, pass: false, evidence: null, coach_note: null };
  it.each<[string, RawCall['qa'], JsonObject, string]>([
    ['rows that fit', rows(rule('A')), {}, 'evaluated'],
    ['no rows', [], { overall_score: 0, grade: 'E' }, 'not evaluated'],
    [
      'only rows of a failed analysis',
      rows(rule('A', failedRow), rule('B', failedRow)).map((row) => ({ ...row, overall_score: 0, grade: 'E' })),
      { overall_score: 0, grade: 'E' },
      'not evaluated',
    ],
    ['no object', 'missing', {}, 'not evaluated yet'],
    ['a refused object', 'refused', {}, 'not evaluated yet'],
    ['rows of another run', rows(rule('A')), { overall_score: 40, grade: 'E' }, 'not evaluated yet'],
    ['rows with another grade', rows(rule('A')), { overall_score: 100, grade: 'B' }, 'not evaluated yet'],
    [
      'rows that failed and say only words for nothing',
      rows(rule('A', { ...failedRow, evidence: 'None', coach_note: 'N/A' }), rule('B', { ...failedRow, evidence: '' })),
      {},
      'not evaluated',
    ],
    [
      'rows that failed and say such words with marks around them',
      rows(
        rule('A', { ...failedRow, evidence: 'None.', coach_note: '(n/a)' }),
        rule('B', { ...failedRow, evidence: ['"none"'], coach_note: 'Not applicable' }),
      ),
      {},
      'not evaluated',
    ],
    [
      'rows without a verdict or a score above 0',
      rows(rule('A', { score: 0, pass: null }), rule('B', { score: null, pass: 'n/a' })),
      {},
      'not evaluated',
    ],
    ['rows without a verdict, one with a score', rows(rule('A', { pass: null, score: '4/10' })), {}, 'evaluated'],
    ['rows that failed by words', rows(rule('A', { score: 0, pass: 'No' })), {}, 'evaluated'],
    [
      'the call’s score in another form',
      rows(rule('A')).map((row) => ({ ...row, overall_score: '100 %' })),
      {},
      'evaluated',
    ],
    ['one row that failed and has a note', rows(rule('A', { ...failedRow, coach_note: 'Say it.' })), {}, 'evaluated'],
  ])('with %s is as it should be', (_what, list, call, state) => {
    const result = qa(list, call);
    expect(result.qa).toBe(state);
    if (state !== 'evaluated')
      expect([result.score, result.grade, result.passed, result.rules]).toEqual([undefined, undefined, undefined, []]);
  });

  it('passes from the mark on', () => {
    for (const [score, passed] of [
      [70, true],
      [69.99, false],
    ] as const) {
      expect(
        qa(
          rows(rule('A')).map((row) => ({ ...row, overall_score: score, grade: 'C' })),
          { overall_score: score, grade: 'C' },
        ).passed,
      ).toBe(passed);
    }
  });

  it('reads a model’s spellings, and lets the failed of two rows count', () => {
    const list = rows(
      rule(' Identity \u00a0 VERIFIED', { score: '85', pass: 'True' }),
      rule('Offers ﬁrst help', { score: 90 }),
      rule('offers first help', { score: 20, pass: false }),
      { score: 3 },
    );
    const { call, remarks } = normalized(raw({}, { qa: list }));
    expect(call.rules.map(({ rule: id, score, pass }) => [id, score, pass])).toEqual([
      ['identity verified', 85, true],
      ['offers first help', 20, false],
    ]);
    expect(remarks.map(({ text }) => text)).toEqual([
      'The rule “offers first help” has two rows. The failed one counts; if neither failed, the one with a verdict, then the lower score.',
      'One of its rule rows has no rule_name and is not counted.',
    ]);
  });

  it('tells what a row says that cannot be read, and of which rule', () => {
    const list = rows(
      rule('A', { pass: 'maybe', score: 'high', weight: 'heavy' }),
      rule('B', { score: 0, pass: 'FAIL' }),
    );
    const { call, remarks } = normalized(raw({}, { qa: list }));
    expect(call.rules.map(({ name, pass, score }) => [name, pass, score])).toEqual([
      ['A', undefined, undefined],
      ['B', false, 0],
    ]);
    expect(remarks.map(({ text }) => text)).toEqual([
      'Its score of “A” is “high”, which is not a score from 0 to 100, so it counts as absent.',
      'Its pass of “A” is “maybe”, which is not true or false, so it counts as absent.',
      'Its weight of “A” is “heavy”, which is not a number, so it counts as absent.',
    ]);
    expect(remarks.map(({ column }) => column)).toEqual(['score', 'pass', 'weight']);
  });

  it('leaves a rule without pass unevaluated, whatever its score', () => {
    expect(qa(rows({ rule_name: 'A', score: 90 })).rules[0]?.pass).toBeUndefined();
  });
});

it('identifies a rule by NFKC, single spaces and lower case', () => {
  expect(ruleId('  Ｏffers\t\n ﬁrst  HELP ')).toBe('offers first help');
});

it('takes a value that does not fit its field for an insight', () => {
  const call = callOf({
    direction: ['refund'],
    confidence: ['low'],
    overall: 'angry',
    positive: 0.8,
    next_steps: null,
    escalated: true,
    empty: [],
  });
  expect(call.sentiment).toMatchObject({ score: 0.7, confidence: undefined, label: undefined });
  expect(call.insights).toEqual([
    { key: 'direction', value: ['refund'] },
    { key: 'overall', value: 'angry' },
    { key: 'confidence', value: ['low'] },
    { key: 'summary', value: ['A call about a parcel.'] },
    { key: 'escalated', value: true },
  ]);
});

it('reads texts of insights as they are meant', () => {
  const fenced = '```json\n{"summary": "Caller asked for a refund"}\n```';
  const call = callOf({
    summary: [fenced],
    topic: '{"name":"billing"}',
    next_steps: ['N/A'],
    mood: 'null',
    notes: ['a', 'NULL'],
  });
  expect(call.insights).toEqual([
    { key: 'summary', value: 'Caller asked for a refund' },
    { key: 'topic', value: { name: 'billing' } },
    { key: 'notes', value: ['a'] },
  ]);
});

it('believes no time that cannot be true, and no party that is nobody', () => {
  const record = {
    start_timestamp: '2026-03-30T10:00:00Z',
    processing_timestamp: '2031-01-01T00:00:00Z',
    end_timestamp: '1970-01-01T00:00:00Z',
    from_number: '4.41633E+11',
    to_number: 'anonymous',
  };
  const { call, remarks } = normalized(raw(record, { modified: Date.parse('2026-04-02T06:00:00Z') }));
  expect([call.day, call.processed, call.ended, call.from, call.to]).toEqual([
    '2026-03-30',
    ...Array(4).fill(undefined),
  ]);
  expect(remarks.map(({ code, column }) => [code, column])).toEqual([
    ['ruined-number', 'from_number'],
    ['nobodys-number', 'to_number'],
    ['too-early', 'end_timestamp'],
    ['too-late', 'processing_timestamp'],
  ]);
});

it('drops the coach notes that recommendations repeat', () => {
  const call = callOf({ recommendations: ["Rule 'A': Say it.", 'Offer a refund.', "Rule 'It's done': x\ny"] });
  expect(call.insights.at(-1)).toEqual({ key: 'recommendations', value: ['Offer a refund.'] });
});

it('keeps a label without scores, and scores without a label', () => {
  expect(callOf({ positive: ['yes'] }).sentiment).toMatchObject({ label: 'positive', score: undefined });
  expect(callOf({ overall: ['odd'] }).sentiment).toMatchObject({ label: undefined, score: 0.7 });
  expect(callOf({ overall: null, positive: null }).sentiment).toBeUndefined();
});

it('knows sentiment that was not analysed', () => {
  expect(callOf({ overall: 'neutral', positive: 0, neutral: 1, negative: 0, confidence: 0 }).sentiment).toBeUndefined();
  expect(callOf({ overall: 'neutral', positive: 0, neutral: 1, negative: 0, confidence: 0.9 }).sentiment).toMatchObject(
    { score: 0 },
  );
});

it('shows only the metadata paths that are configured, and only scalars', () => {
  const metadata = { raw: { metadata: { queue: { name: 'Sales', size: 3 }, secret: 'x', tags: ['a'] } } };
  const { call } = normalized(raw({}, { metadata }), {
    metadata: { Queue: 'queue.name', Size: 'queue.size', Tags: 'tags', None: 'a.b', Odd: 'constructor.name' },
  });
  expect(call.metadata).toEqual([
    { label: 'Queue', value: 'Sales' },
    { label: 'Size', value: '3' },
  ]);
});

it('tells what of a transcript could not be read', () => {
  const codesOf = (enriched: JsonObject) =>
    normalized(raw({}, { enriched })).remarks.map(({ code, text }) => [code, /\d+/.exec(text)?.[0]]);
  expect(codesOf({ transcript: 'hello' })).toEqual([['unread-transcript', undefined]]);
  const turn = { speaker: 'agent', text: 'hello' };
  const odd = [
    { ...turn, text: 5 },
    7,
    { ...turn, start_time: 5, end_time: 2 },
    { ...turn, start_time: 'soon', end_time: 3 },
  ];
  expect(codesOf({ transcript: [...odd, turn, { ...turn, start_time: 0, end_time: 0 }] })).toEqual([
    ['unread-turns', '2'],
    ['untimed-turns', '2'],
  ]);
  expect(codesOf({ transcript: [], analysis_features: { word_count: 'many', utterance_count: 2 } })).toEqual([
    ['not-a-count', undefined],
  ]);
});

it('takes both times 0 for no timing', () => {
  const enriched = {
    transcript: [
      { speaker: 'agent', start_time: 0, end_time: 0, text: 'a' },
      { speaker: '', start_time: 0, end_time: 2, text: 'b' },
      7,
    ],
  };
  const { turns } = normalized(raw({}, { enriched }));
  expect(turns).toEqual([
    { speaker: 'agent', text: 'a' },
    { speaker: 'unknown', start: 0, end: 2, text: 'b' },
  ]);
});

describe('what a pipeline says of a call', () => {
  const said = (pipeline: JsonObject, qa: JsonObject[] | 'missing' = rows(rule('Identity verified'))) => {
    const { call } = normalized(raw({}, { enriched: { transcript: [], pipeline }, qa }));
    return [call.speakerSource, call.language, call.notEvaluatedReason];
  };

  it.each([
    ['channel', 'channel'],
    ['phrase', 'phrase'],
    ['first voice', undefined],
    ['Channel', undefined],
    [['channel'], undefined],
    [true, undefined],
  ])('trusts %j as %j about its speakers', (source, trusted) => {
    expect(said({ speaker_source: source })[0]).toBe(trusted);
  });

  it('is a fact where it is text, and a reason only where the call has no evaluation', () => {
    const pipeline = { language: ' de-CH ', not_evaluated: 'the transcript is empty' };
    expect(said(pipeline)).toEqual([undefined, 'de-CH', undefined]);
    expect(said(pipeline, 'missing')).toEqual([undefined, 'de-CH', 'the transcript is empty']);
    expect(said({ language: null, not_evaluated: 'n/a' }, 'missing')).toEqual([undefined, undefined, undefined]);
  });
});

it('tells a transcribed call from rules without a call and from nothing', () => {
  expect(normalizeCall(raw({}, { calls: 'missing', qa: 'missing' }), config()).kind).toBe('transcribed');
  expect(normalizeCall(raw({}, { calls: 'missing' }), config()).kind).toBe('qa without call');
  expect(normalizeCall(raw({}, { calls: 'refused' }), config()).kind).toBe('nothing');
});

describe('masking', () => {
  const key = 'k'.repeat(32);
  const mask = maskWith(key, 'org_1', ['agents.example']);
  const NUMBER = '+441632960001';

  /** A call whose every free field holds the text. */
  function everywhere(text: string, record: JsonObject = {}) {
    const pipeline = { language: text, not_evaluated: text };
    const enriched = { transcript: [{ speaker: text, text }], pipeline };
    const row = rule(text, { category: text, evidence: text, coach_note: text });
    const insights = { summary: [text], [text]: { [text]: [text] } };
    const told = { enriched, qa: rows(row, row), metadata: { raw: { metadata: { note: text } } } };
    return normalized(
      raw({ from_number: NUMBER, to_number: 'ann@agents.example', ...insights, ...record }, told),
      { metadata: { Note: 'note' } },
      mask,
    );
  }

  it.each([
    '+441632960001',
    '00441632960001',
    '+44 1632 960001',
    '+44 (0)1632 960001',
    '01632 960-001',
    '(01632) 960 001',
    '01632, 960, 001',
    '1632.960.001',
    '01632\u2011960\u2011001',
    '2026-03-30 01632 960001',
    '01632 960001 2',
    'ref 5 01632 960001',
    '٠١٦٣٢ ٩٦٠٠٠١',
    '０１６３２９６０００１',
    '960001',
  ])('leaves no trace of the outside party’s number written as %j, in any field', (written) => {
    for (const party of [NUMBER, `sip:${NUMBER}@carrier.example`, '01632960001']) {
      const text = JSON.stringify(everywhere(`call ${written} soon`, { from_number: party }));
      const digits = text
        .normalize('NFKC')
        .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
        .replace(/[^\p{L}\d"•]/gu, '');
      expect(digits, party).not.toContain('960001');
      expect(text).toContain('••01-');
    }
  });

  it('leaves other numbers, the agent and ordinary words as they are', () => {
    const text = 'not 01632 960999, order 441632, at 09:60, on 2026-03-30, 960 or 0001';
    const { call, turns } = everywhere(text);
    expect(turns[0]?.text).toBe(text);
    expect(call.to).toBe('ann@agents.example');
    const anonymous = everywhere('an anonymous caller', { from_number: 'anonymous' });
    expect([anonymous.call.from, anonymous.turns[0]?.text]).toEqual([undefined, 'an anonymous caller']);
  });

  it('gives one party one pseudonym, and another under another key or organization', () => {
    const from = (use: ReturnType<typeof maskWith>, number: string) =>
      normalized(raw({ from_number: number }), {}, use).call.from;
    const own = from(mask, NUMBER);
    expect(own).toMatch(/^••01-[0-9a-f]{10}$/);
    for (const form of [
      '+44 1632 960001',
      `sip:${NUMBER}@carrier.example`,
      `"Jo" <sip:${NUMBER}@carrier.example:5060>`,
    ])
      expect(from(mask, form)).toBe(own);
    expect(from(maskWith(key, 'org_2', []), NUMBER)).not.toBe(own);
    expect(from(maskWith('j'.repeat(32), 'org_1', []), NUMBER)).not.toBe(own);
  });

  it.each([
    'jane.x@home.example',
    'Jane.X @home.example',
    'jane.x at home.example',
    'jane dot x at home dot example',
    'jane.x%40home.example',
    'jane.x&#64;home.example',
    'jane.x [at] home [dot] example',
  ])('leaves no trace of the outside party’s address written as %j', (written) => {
    const told = everywhere(`write to ${written} please`, { from_number: 'Jane.X@home.example' });
    expect(JSON.stringify(told)).not.toMatch(/jane/i);
  });

  it('masks who is known by a name alone, but not an agent whom the record names', () => {
    const told = everywhere('this is Bob  Hiddenname', { from_number: 'Bob Hiddenname' });
    expect(told.call.from).toMatch(/^•••-[0-9a-f]{10}$/);
    expect(JSON.stringify(told)).not.toContain('Hiddenname');
    for (const nobody of ['anonymous', 'Unknown caller', 'Number withheld', '-', 'N/A'])
      expect(JSON.stringify(everywhere('x', { from_number: nobody }))).not.toContain('•••');
  });

  it('masks a number that is said over turns, and one beside other words of a party', () => {
    const transcript = ['it is 01632', 'yes', '960', '777 thanks'].map((text) => ({ speaker: 'customer', text }));
    const call = raw({ from_number: 'ext 12, +44 1632 960777' }, { enriched: { transcript } });
    const { turns } = normalized(call, {}, mask);
    expect(turns.map(({ text }) => text)).toEqual([
      'it is ••',
      'yes',
      '••',
      expect.stringMatching(/^••77-\w+ thanks$/),
    ]);
  });

  it('masks an address wherever it stands, and nobody in the agents’ domains', () => {
    const told = everywhere('write to jane.doe@MAIL.example please', { from_number: 'Jane.Doe@mail.example' });
    expect(JSON.stringify(told).toLowerCase()).not.toContain('jane.doe');
    const internal = normalized(raw({ from_number: 'ann@agents.example', to_number: 'bob@agents.example' }), {}, mask);
    expect([internal.call.from, internal.call.to]).toEqual(['ann@agents.example', 'bob@agents.example']);
  });
});

it('knows of a recording where the record names one and the tenant lets it be heard', () => {
  const of = (record: JsonObject, over: object) => normalized(raw(record), over).call.recording;
  const uri = 's3://input/org_1/audio/a.mp3';
  expect(of({ audio_uri: uri }, { playback: true })).toBe(true);
  for (const [record, over] of [
    [{ audio_uri: uri }, {}],
    [{ audio_uri: uri }, { playback: false }],
    ...[{}, { audio_uri: '' }, { audio_uri: null }, { audio_uri: 7 }].map((record) => [record, { playback: true }]),
  ] as [JsonObject, object][])
    expect([record, of(record, over)]).toEqual([record, undefined]);
});
