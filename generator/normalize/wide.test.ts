import { describe, expect, it } from 'vitest';
import { CONFIG, DEFAULT_ROW } from '../fixtures/objects.ts';
import { type RawCall, unread } from '../source/read.ts';
import { tenantConfig } from '../tenants/config.ts';
import { normalizeCall } from './call.ts';
import { maskWith } from './mask.ts';

type Cells = { [column: string]: string };

const rawCall = (row: Cells, over: Partial<RawCall> = {}): RawCall => ({
  ...unread('c1'),
  row: Object.assign(Object.create(null), row),
  ...over,
});

/** A call from these cells alone. */
function read(row: Cells, over: object = {}, ai?: object, mask?: ReturnType<typeof maskWith>) {
  const result = normalizeCall(rawCall(row), tenantConfig({ ...CONFIG, ...over }, undefined, true, ai), mask);
  if (result.kind !== 'call') throw new Error(`not a call: ${result.kind}`);
  return result;
}
const callOf = (row: Cells, over: object = {}, ai?: object) => read(row, over, ai).call;
const textsOf = (row: Cells, over: object = {}) => read(row, over).remarks.map(({ text }) => text);

describe('a row of the wide form', () => {
  it('gives a whole call', () => {
    expect(JSON.parse(JSON.stringify(callOf(DEFAULT_ROW)))).toEqual({
      id: 'c1',
      day: '2026-03-30',
      started: '2026-03-30T10:00:00.000Z',
      ended: '2026-03-30T10:01:00.000Z',
      durationSeconds: 60,
      direction: 'inbound',
      directionDerived: true,
      from: '+441632960001',
      to: 'ann@agents.example',
      agent: 'ann@agents.example',
      sentiment: { label: 'positive', positive: 0.8, neutral: 0.1, negative: 0.1, score: 0.7 },
      qa: 'evaluated',
      score: 100,
      passed: true,
      rules: [{ rule: 'identity verified', name: 'Identity verified', score: 100, pass: true }],
      insights: [{ key: 'summary', value: 'A call about a parcel.' }],
      metadata: [],
      processed: '2026-04-02T06:00:00.000Z',
      transcript: 'absent',
    });
  });

  it('is not read by the names of the flat form, nor these by its names', () => {
    const flat = {
      start_timestamp: '2026-03-30T10:00:00Z',
      from_number: '+441632960001',
      to_number: 'ann@agents.example',
      overall: 'positive',
      positive: '0.8',
      negative: '0.1',
    };
    const call = callOf(flat);
    expect([call.started, call.from, call.to, call.sentiment]).toEqual([undefined, undefined, undefined, undefined]);
    const record = { ...DEFAULT_ROW, sentiment_score: 0.5 };
    const result = normalizeCall(
      rawCall({}, { calls: record, row: undefined }),
      tenantConfig(CONFIG, undefined, false),
    );
    expect(result).toMatchObject({ kind: 'call', call: { day: null, agent: null, insights: expect.anything() } });
    expect((result as { call: object }).call).not.toHaveProperty('passedGiven');
  });

  it('is read by the columns that the tenant names, and by these alone', () => {
    const columns = { started_at: 'Begin', overall_score: 'qa_total_score', summary: 'note' };
    const row = {
      Begin: '2026-03-30 10:00',
      started_at: '2026-01-01 10:00',
      qa_total_score: '70',
      note: 'n',
      summary: 's',
    };
    const call = callOf(row, { columns });
    expect(call).toMatchObject({ day: '2026-03-30', score: 70, passed: true, rules: [] });
    expect(call.insights).toEqual([{ key: 'summary', value: 'n' }]);
  });

  it('counts a cell as absent that is not what it should be, and says so', () => {
    const row = {
      duration_seconds: '5,5',
      overall_score: '101',
      sentiment_positive: '0,8',
      sentiment_label: 'glad',
      started_at: '30/03/2026',
      direction: 'sideways',
      qa_overall_pass: 'maybe',
      transcript_word_count: '1.5',
      grade: 'Z',
      qa_greeting_score: '9,5',
    };
    const { call, remarks } = read(row);
    expect(JSON.parse(JSON.stringify(call))).toEqual({
      id: 'c1',
      day: null,
      direction: 'unknown',
      agent: null,
      qa: 'not evaluated',
      rules: [],
      insights: [],
      metadata: [],
      transcript: 'absent',
    });
    expect(remarks.map(({ text }) => text).sort()).toEqual([
      'Its direction is “sideways”, which is not a direction, so it counts as absent.',
      'Its duration_seconds is “5,5”, which is not a length in seconds or h:mm:ss, so it counts as absent.',
      'Its grade is “Z”, which is not a grade, so it counts as absent.',
      'Its overall_score is “101”, which is not a score from 0 to 100, so it counts as absent.',
      'Its qa_greeting_score is “9,5”, which is not a score from 0 to 100, so it counts as absent.',
      'Its qa_overall_pass is “maybe”, which is not true or false, so it counts as absent.',
      'Its sentiment_label is “glad”, which is not a sentiment label, so it counts as absent.',
      'Its sentiment_positive is “0,8”, which is not a number from 0 to 1, so it counts as absent.',
      'Its started_at is “30/03/2026”, which is not a timestamp, so it counts as absent.',
      'Its transcript_word_count is “1.5”, which is not a whole number, so it counts as absent.',
    ]);
    expect(textsOf({ duration_seconds: `${'9'.repeat(500)},5` })[0]).toHaveLength(177);
  });

  it.each<[Cells, object | undefined]>([
    [{ sentiment: 'NEGATIVE' }, { label: 'negative' }],
    [{ sentiment_label: 'mixed', sentiment: 'neutral' }, { label: 'mixed' }],
    [
      { sentiment_positive: '0.2', sentiment_negative: '0.7' },
      { positive: 0.2, negative: 0.7, score: -0.5 },
    ],
    [
      { sentiment_positive: '0.2', sentiment_negative: '0.7', sentiment_score: '0.25' },
      { positive: 0.2, negative: 0.7, score: 0.25, scoreGiven: true },
    ],
    [{ sentiment_score: '-1' }, { score: -1, scoreGiven: true }],
    [{ sentiment_score: '0,5' }, undefined],
    [
      {
        sentiment_positive: '0',
        sentiment_neutral: '1',
        sentiment_negative: '0',
        sentiment_confidence: '0',
        sentiment_score: '0',
      },
      undefined,
    ],
    [{}, undefined],
  ])('with %j has the sentiment %j', (row, sentiment) => {
    const read = callOf(row).sentiment;
    expect(read && JSON.parse(JSON.stringify(read))).toEqual(sentiment);
  });

  it.each<[Cells, object]>([
    [{ overall_score: '70' }, { qa: 'evaluated', score: 70, passed: true }],
    [{ qa_score: '69.9' }, { qa: 'evaluated', score: 69.9, passed: false }],
    [
      { overall_score: '10', qa_overall_pass: 'TRUE' },
      { qa: 'evaluated', score: 10, passed: true, passedGiven: true },
    ],
    [
      { overall_score: '99', overall_qa_pass: 'false' },
      { score: 99, passed: false, passedGiven: true },
    ],
    [
      { overall_qa_pass: 'false', qa_overall_pass: 'true' },
      { qa: 'evaluated', passed: true, score: undefined },
    ],
    [{ qa_greeting_pass: 'false' }, { qa: 'evaluated', passed: undefined, score: undefined }],
    [
      { qa_greeting_reason: 'x', grade: 'A' },
      { qa: 'not evaluated', rules: [] },
    ],
    [{}, { qa: 'not evaluated' }],
  ])('with %j is judged as %j', (row, wanted) => {
    expect(callOf(row)).toMatchObject(wanted);
  });

  it('has the rules of its columns: reserved names are none, numbered come before named, the lower of two counts', () => {
    const row = {
      qa_rule_2_name: ' Offers  help ',
      qa_rule_2_pass: 'false',
      qa_rule_2_description: 'Ask whether there is anything else.',
      qa_rule_1_name: 'Identity verified',
      qa_rule_1_score: '80',
      qa_rule_1_pass: 'true',
      qa_rule_3_name: 'Never checked',
      qa_rule_4_score: '5',
      qa_identity_verified_pass: 'false',
      qa_identity_verified_score: '20',
      qa_identity_verified_reason: 'No name was asked for.',
      qa_overall_pass: 'true',
      qa_overall_score: '55',
      qa_overall_reason: 'Not a rule.',
      qa_score: '44',
    };
    const { call, remarks } = read(row);
    expect(JSON.parse(JSON.stringify(call.rules))).toEqual([
      { rule: 'offers help', name: 'Offers help', pass: false, description: 'Ask whether there is anything else.' },
      {
        rule: 'identity verified',
        name: 'identity verified',
        pass: false,
        score: 20,
        reason: 'No name was asked for.',
      },
    ]);
    expect([call.score, call.passed]).toEqual([55, true]);
    expect(remarks.map(({ text }) => text)).toEqual([
      'Its rule 4 has no name and is not counted.',
      'The rule “identity verified” has two rows. The failed one counts; if neither failed, the one with a verdict, then the lower score.',
    ]);
  });

  it('has as insights what ai-config.json asks for, with lists and objects in them, and no other column', () => {
    const ai = { json_output_schema: { next_steps: [], mood: '', direction: '', qa_mood_score: 1, __proto__x: 1 } };
    const row = {
      next_steps: '["Call back", "Send form"]',
      mood: ' {"start": "calm"} ',
      summary: '[not json',
      topic: '',
      recommendations: '["Rule \'Greeting\': Say hello.", "Shorten it."]',
      direction: 'inbound',
      notes: 'unsupported',
      __proto__x: '[[',
    };
    expect(callOf(row, {}, ai).insights).toEqual([
      { key: 'next_steps', value: ['Call back', 'Send form'] },
      { key: 'mood', value: { start: 'calm' } },
      { key: 'summary', value: '[not json' },
      { key: 'recommendations', value: ['Shorten it.'] },
      { key: '__proto__x', value: '[[' },
    ]);
    const schema = { json_output_schema: { type: 'object', properties: { mood: { type: 'string' } } } };
    expect(callOf({ mood: 'calm', type: 'x' }, {}, schema).insights).toEqual([{ key: 'mood', value: 'calm' }]);
  });

  it.each(['[{"__proto__": 1}]', `${'['.repeat(100)}${']'.repeat(100)}`, '[1e999]', '{"a":'])(
    'keeps %j as the text that it is',
    (text) => {
      expect(callOf({ summary: text }).insights).toEqual([{ key: 'summary', value: text }]);
    },
  );

  it('has as metadata the columns that the tenant lists', () => {
    const row = Object.assign(Object.create(null), { 'queue.name': ' Returns ', other: 'x' });
    Object.defineProperty(row, '__proto__', { value: 'odd', enumerable: true });
    const metadata = { Queue: 'queue.name', Odd: '__proto__', None: 'constructor' };
    expect(callOf(row, { metadata }).metadata).toEqual([
      { label: 'Queue', value: 'Returns' },
      { label: 'Odd', value: 'odd' },
    ]);
  });

  it.each([
    ['2026-03-30 10:00:00.000 UTC', '2026-03-30T10:00:00.000Z'],
    ['2026-03-30T10:00:00+02:00', '2026-03-30T08:00:00.000Z'],
    ['2026-03-30 10:00', '2026-03-30T10:00:00.000Z'],
    ['2026-03-30 10:00:00.000 America/New_York', '2026-03-30T14:00:00.000Z'],
    ['2026-03-30', undefined],
  ])('that started at %j started at %j', (text, started) => {
    expect(callOf({ started_at: text }).started).toBe(started);
  });

  it('that gives a day and no hour is of that day, in any zone, and two days make no length', () => {
    const row = { started_at: '2026-03-01', ended_at: '2026-03-02' };
    for (const timeZone of ['America/Chicago', 'Pacific/Kiritimati']) {
      const { call, remarks } = read(row, { timeZone });
      expect([call.day, call.started, call.ended, call.durationSeconds]).toEqual([
        '2026-03-01',
        undefined,
        undefined,
        undefined,
      ]);
      expect(remarks.map(({ code, column }) => [code, column])).toEqual([['end-without-hour', 'ended_at']]);
    }
    expect(callOf({ ...row, duration_seconds: '00:01:23' }).durationSeconds).toBe(83);
    expect(textsOf({ started_at: '2026-03-30T10:00Z', ended_at: '2026-03-30T09:00Z' })).toEqual([
      'It ends before it starts, so these times give no duration.',
    ]);
  });

  it('lets end − start take the place of a length that cannot be true', () => {
    const row = { started_at: '2026-03-30T10:00Z', ended_at: '2026-03-30T10:05Z', duration_seconds: '300000' };
    const { call, remarks } = read(row);
    expect([call.durationSeconds, remarks.map(({ code }) => code)]).toEqual([300, ['too-long']]);
  });

  it('takes words for no value for none: texts without a word, figures with one for the column', () => {
    for (const word of ['NULL', '\\N', 'None', 'n/a', '-', 'NaN']) {
      const texts = { agent_id: word, calling_party: word, called_party: word, summary: word, topic: word };
      const { call, remarks } = read({ ...texts, qa_greeting_pass: word, qa_greeting_score: word });
      expect([call.agent, call.from, call.to, call.insights, call.rules, remarks]).toEqual([
        null,
        undefined,
        undefined,
        [],
        [],
        [],
      ]);
      expect(read({ duration_seconds: word, overall_score: word }).remarks.map(({ code }) => code)).toEqual([
        'absent-word',
        'absent-word',
      ]);
    }
    expect(callOf({ sentiment_label: 'NULL', sentiment: 'negative' }).sentiment?.label).toBe('negative');
  });

  it('shows what Athena makes of lists and rows, and tells it of the column', () => {
    const ai = { json_output_schema: { next_steps: [], summary: '' } };
    const cells = {
      summary: '[A parcel, late.]',
      next_steps: '[Call back, Send form]',
      topic: '{name=billing, score=0.9}',
    };
    const { call, remarks } = read(cells, {}, ai);
    expect(call.insights).toEqual([
      { key: 'summary', value: 'A parcel, late.' },
      { key: 'next_steps', value: ['Call back', 'Send form'] },
      { key: 'topic', value: { name: 'billing', score: '0.9' } },
    ]);
    expect(remarks.map(({ code, column }) => [code, column])).toEqual([
      ['athena-list', 'summary'],
      ['athena-list', 'next_steps'],
      ['athena-pairs', 'topic'],
    ]);
  });

  it('keeps how it spells its agent, where that is a name', () => {
    expect(callOf({ agent_id: " Mary  O'Brien " })).toMatchObject({ agent: "mary o'brien", agentName: "Mary O'Brien" });
    expect(callOf({ agent_id: 'ann' }).agentName).toBeUndefined();
    expect(callOf({ agent_id: 'Ann@Agents.example' }).agentName).toBeUndefined();
  });

  it('names its agent itself, else by the parties', () => {
    expect(callOf({ agent_id: ' Ann.Lee ', called_party: 'bob@agents.example' }).agent).toBe('ann.lee');
    expect(callOf({ direction: 'Outbound', calling_party: 'eve@elsewhere.example' }).agent).toBe(
      'eve@elsewhere.example',
    );
    expect(callOf({ direction: 'inbound', called_party: '2001' }).agent).toBeNull();
    expect(callOf({ agent_id: 'sip:;x' }).agent).toBeNull();
  });

  it('has the counts of its own columns, else those of its transcript', () => {
    const features = { word_count: 11, utterance_count: 2 };
    const enriched = { transcript: [{ speaker: 'agent', text: 'hello' }], analysis_features: features };
    const config = tenantConfig(CONFIG, undefined, false);
    const result = normalizeCall(rawCall({ transcript_word_count: '40' }, { enriched }), config);
    expect(result).toMatchObject({ call: { wordCount: 40, utteranceCount: 2, transcript: 'present' } });
  });
});

describe('masking of a row', () => {
  const NUMBER = '+441632960001';
  const mask = maskWith('k'.repeat(32), 'org_1', ['agents.example']);
  it('covers every cell that is shown, and what is remarked on', () => {
    const said = `ring ${NUMBER} or 01632 960 001`;
    const names = ['agent_id', 'summary', 'topic', 'mood', 'queue', 'qa_rule_1_name', 'qa_rule_1_description'];
    const row: Cells = {
      ...Object.fromEntries(names.map((name) => [name, said])),
      calling_party: NUMBER,
      called_party: 'ann@agents.example',
      qa_rule_1_pass: 'false',
      qa_greeting_pass: 'false',
      qa_greeting_reason: said,
      [`qa_${said}_pass`]: 'true',
      duration_seconds: said,
      next_steps: JSON.stringify([{ [said]: said }, 441632960001]),
    };
    const config = { metadata: { Queue: 'queue' } };
    const told = read(row, config, { json_output_schema: { mood: '', next_steps: '' } }, mask);
    const text = JSON.stringify(told);
    expect(text).not.toMatch(/960.?001/);
    expect(text.match(/••01-/g)?.length).toBeGreaterThan(18);
    expect(told.call.agent).toContain('••01-');
  });

  it('leaves the end that is the agent’s, by its domain or because the row names it', () => {
    const ends = { direction: 'inbound', calling_party: NUMBER, called_party: '+441632960777' };
    expect(read(ends, {}, undefined, mask).call.to).toContain('••77-');
    const named = read({ ...ends, agent_id: '+441632960777' }, {}, undefined, mask).call;
    expect([named.to, named.agent]).toEqual(['+441632960777', '+441632960777']);
    const wrong = read({ ...ends, agent_id: NUMBER }, {}, undefined, mask).call;
    expect(JSON.stringify(wrong)).not.toContain('960001');
  });
});
