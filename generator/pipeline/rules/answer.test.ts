import { describe, expect, it } from 'vitest';
import { expectSound } from '../engines/testing/evaluator.ts';
import { SAMPLE_TURNS as turns } from '../engines/testing/sample.ts';
import type { Json, JsonObject, Task, Verdict } from '../ports.ts';
import { readAnswer } from './answer.ts';

const task: Task = {
  rules: [
    { name: 'Greeting', category: 'Opening', weight: 2 },
    { name: 'Identity check', category: 'Compliance', weight: 3, description: 'The agent asks for the postcode.' },
  ],
  insights: { summary: { type: 'string' }, next_steps: { type: 'array', items: { type: 'string' } } },
};
const MET = { rule: 'rule_1', verdict: 'passed', score: 90, quote: 'Thank you for calling Acme', note: '' };
const MISSED = { rule: 'rule_2', verdict: 'failed', score: 0, quote: '', note: 'Ask for it.' };
const INSIGHTS = { summary: 'A parcel is late.', next_steps: ['Call back'] };

const rows = (...rule_results: Json[]): JsonObject => ({ rule_results, insights: INSIGHTS });
const first = (change: JsonObject): JsonObject => rows({ ...MET, ...change }, MISSED);
const read = (answer: Json) => readAnswer(answer, turns, task);

function verdicts(answer: Json): Verdict[] {
  const outcome = read(answer);
  if (!('evaluation' in outcome)) throw new Error(outcome.unreadable);
  expectSound(outcome.evaluation, turns, task);
  return outcome.evaluation.verdicts;
}
const SOUND = JSON.stringify(rows(MET, MISSED));
const PASSED = { rule: 'Greeting', pass: true, score: 90, quote: 'Thank you for calling Acme' };
const FAILED = { rule: 'Identity check', pass: false, score: 0, note: 'Ask for it.' };

describe('a model’s answer that can be read', () => {
  const asWritten: [string, Json][] = [
    ['an object', rows(MET, MISSED)],
    ['text', SOUND],
    ['a code fence', `\`\`\`json\n${SOUND}\n\`\`\``],
    ['words around it', `Here is my answer:\n${SOUND}\nI hope that this helps {really}.`],
    ['thoughts before it', `<think>{"rule_results": []} or so?</think>${SOUND}`],
    ['an example before it', `Like {"rule": "x"} I would say: ${SOUND}`],
    ['rows in another order', rows(MISSED, MET)],
    ['a row more of a rule that there is not', rows(MET, { ...MET, rule: 'rule_3', score: 100 }, MISSED)],
    ['a row that is none', rows(MET, 'rule_2 failed', null, 7, MISSED)],
    ['names in place of ids', rows({ ...MET, rule: ' GREETING ' }, { ...MISSED, rule: 'identity  check' })],
    ['a score as text', first({ score: '90' })],
    ['a score in per cent', first({ score: '90 %' })],
    ['a score as a share', first({ score: '9/10' })],
    ['a score in words', first({ score: '9 out of 10' })],
    ['a verdict as boolean', first({ verdict: true })],
    ['a verdict as number', first({ verdict: 1 })],
    ['a verdict as text', first({ verdict: ' Yes. ' })],
    [
      'names of fields of another prompt',
      rows({ rule_name: 'Greeting', pass: true, score: 90, evidence: MET.quote }, MISSED),
    ],
    ['weights and categories of its own', first({ weight: 99, category: 'x', name: 'y' })],
    ['a note that says nothing', first({ note: 'N/A' })],
    ['a quote with its speaker', first({ quote: 'Thank you for calling Acme' })],
  ];
  it.each(asWritten)('has the same verdicts: %s', (_, answer) => {
    expect(verdicts(answer)).toEqual([PASSED, FAILED]);
  });

  it('keeps braces within texts', () => {
    const note = 'Say "}}" or {postcode} or \\"{".';
    expect(verdicts(`So: ${JSON.stringify(rows(MET, { ...MISSED, note }))} {`)[1]).toEqual({ ...FAILED, note });
  });

  it('has a megabyte of notes', () => {
    const note = 'x'.repeat(1_000_000);
    expect(verdicts(JSON.stringify(rows(MET, { ...MISSED, note })))[1]?.note).toBe(note);
  });

  it('has HTML as text', () => {
    const note = '<img src=x onerror=alert(1)>';
    expect(verdicts(rows(MET, { ...MISSED, note }))[1]?.note).toBe(note);
  });
});

describe('a model’s answer of which something is missing', () => {
  const noVerdict: [string, JsonObject][] = [
    ['no verdict', { rule: 'rule_1', score: 90, quote: MET.quote }],
    ['a verdict that is no word', { ...MET, verdict: { passed: true } }],
    ['a verdict that is another word', { ...MET, verdict: 'perhaps' }],
    ['that it does not apply', { ...MET, verdict: 'not_applicable', score: 0 }],
    ['null', { ...MET, verdict: null }],
  ];
  it.each(noVerdict)('judges nothing, and scores nothing: %s', (_, row) => {
    expect(verdicts(rows(row, MISSED))).toEqual([{ rule: 'Greeting', reason: expect.stringMatching(/\w/) }, FAILED]);
  });

  it('has no verdict for a rule that has no row', () => {
    expect(verdicts(rows(MISSED))).toEqual([{ rule: 'Greeting', reason: 'the model gave no verdict' }, FAILED]);
  });

  const noScore: [string, Json | undefined][] = [
    ['none', undefined],
    ['null', null],
    ['above 100', 850],
    ['below 0', -5],
    ['no number', 'high'],
    ['no finite number', '1e999'],
    ['a list', [90]],
    ['a share of nothing', '9/0'],
  ];
  it.each(noScore)('does not evaluate a rule without a score that can be: %s', (_, score) => {
    const { score: _own, ...rest } = MET;
    const given = score === undefined ? rest : { ...rest, score };
    const reason = 'the model gave no score from 0 to 100';
    expect(verdicts(rows(given, MISSED))).toEqual([{ rule: 'Greeting', reason }, FAILED]);
  });

  it('drops a quote that nobody said, and says so', () => {
    const outcome = read(first({ quote: 'Good morning, this is Acme Parcels speaking' }));
    const { quote: _, ...expected } = PASSED;
    expect(outcome).toMatchObject({
      evaluation: { verdicts: [expected, FAILED], remarks: [expect.stringContaining('what nobody said')] },
    });
    expect('evaluation' in outcome && outcome.evaluation.verdicts[0]).not.toHaveProperty('quote');
  });

  it('quotes in the words that were said where the model’s are nearly these', () => {
    const [verdict] = verdicts(first({ quote: 'Thank you for calling Acme, my name is Joe. How can I help' }));
    expect(verdict?.quote).toBe('Thank you for calling Acme, my name is Jo. How can I help?');
  });

  it('gives a failed rule a note', () => {
    const [, verdict] = verdicts(rows(MET, { ...MISSED, note: '', quote: MET.quote }));
    expect(verdict?.note).toBe(
      'Not met, and the model gave no reason. The rule says: The agent asks for the postcode.',
    );
  });

  it('counts the failed row of two of one rule', () => {
    expect(verdicts(rows(MET, { ...MET, verdict: 'failed', score: 10, note: 'No.' }, MISSED))[0]).toMatchObject({
      pass: false,
      score: 10,
    });
  });
});

describe('a model’s answer that cannot be used', () => {
  const unusable: [string, Json, RegExp][] = [
    ['nothing', '', /no JSON object/],
    ['prose', 'The agent did well.', /no JSON object/],
    ['HTML', '<html><body>502</body></html>', /no JSON object/],
    ['a list', [MET], /no JSON object/],
    ['null', null, /no JSON object/],
    ['cut off', SOUND.slice(0, -30), /no JSON object/],
    ['a quote too many', SOUND.replace('"passed"', '""passed"'), /no JSON object/],
    ['braces without end', '{'.repeat(100_000), /no JSON object/],
    ['five megabytes', 'x'.repeat(5_000_000), /no JSON object/],
    ['an empty object', {}, /no list of rules/],
    ['rules as an object', { rule_results: { rule_1: MET } }, /no list of rules/],
    ['a refusal as JSON', { error: 'I cannot do that.' }, /no list of rules/],
    ['no row', rows(), /judges none/],
    ['rows of other rules alone', rows({ ...MET, rule: 'Politeness' }), /judges none/],
    ['rows without verdicts', rows({ rule: 'rule_1' }, { rule: 'rule_2' }), /judges none/],
    [
      'all failed without a word',
      rows({ ...MET, verdict: false, score: 0, quote: 'none' }, { ...MISSED, note: 'n/a' }),
      /fails every rule, and gives neither words nor a reason/,
    ],
  ];
  it.each(unusable)('is not evaluated: %s', (_, answer, why) => {
    expect(read(answer)).toEqual({ unreadable: expect.stringMatching(why) });
  });
});

describe('insights of a model’s answer', () => {
  const insights = (given: Json) => {
    const outcome = read({ rule_results: [MET, MISSED], insights: given });
    if (!('evaluation' in outcome)) throw new Error(outcome.unreadable);
    return outcome.evaluation;
  };

  it('are those that were asked for, in the configuration’s order', () => {
    const { next_steps, summary } = INSIGHTS;
    const { insights: kept, remarks } = insights({ next_steps, direction: 'inbound', overall_score: 100, summary });
    expect(JSON.stringify(kept)).toBe(JSON.stringify({ summary, next_steps }));
    expect(remarks).toEqual(['2 insights of the model’s answer had not been asked for.']);
  });

  it('are none where there are none', () => {
    for (const given of [null, 'text', [], 7]) expect(insights(given).insights).toEqual({});
  });

  it('are left out where they are too deep or too long', () => {
    let deep: Json = 'x';
    for (let depth = 0; depth < 50_000; depth++) deep = [deep];
    const { insights: kept, remarks } = insights({ summary: deep, next_steps: ['x'.repeat(300_000)] });
    expect(kept).toEqual({});
    expect(remarks).toEqual(['2 insights of the model’s answer were nested too deeply, or too long.']);
  });

  it('are text that UTF-8 can write', () => {
    expect(insights({ summary: 'a\ud800b' }).insights).toEqual({ summary: 'a\ufffdb' });
  });
});
