import { describe, expect, it } from 'vitest';
import { listed } from '../fixtures/listed.ts';
import { CONFIG, DEFAULT_ROW, DEFAULT_CALL as FLAT, putCall, rule } from '../fixtures/world.ts';
import { LIMITS } from '../lib/limits.ts';
import { fetchCall } from '../source/fetch.ts';
import type { JsonObject } from '../source/json.ts';
import type { Objects } from '../source/listing.ts';
import { readCall, unread } from '../source/read.ts';
import { reasonOf } from '../source/refusals.ts';
import { memoryStore } from '../store/memory.ts';
import { tenantConfig } from '../tenants/config.ts';
import { normalizeCall } from './call.ts';

const ORG = 'org_1';
const x = (n: number): string => 'x'.repeat(n);

/** A call as it is read from its objects. */
async function read(spec: { call?: JsonObject; qa?: JsonObject[]; enriched?: JsonObject }, metadata?: JsonObject) {
  const results = memoryStore();
  await putCall(results, ORG, { id: 'c1', ...spec });
  if (metadata) await results.put(`${ORG}/final/v1.0/c1.json`, JSON.stringify({ raw: { metadata } }));
  const listing = await listed(results, ORG, true);
  const { call } = await fetchCall(results, ORG, 'c1', listing.calls.get('c1') as Objects);
  const raw = readCall(call);
  const config = tenantConfig({ ...CONFIG, metadata: { Note: 'note' } }, undefined, false);
  const normalized = normalizeCall(raw, config);
  const refused = raw.refused.map((each) => [each.key.split('/').at(-2), reasonOf(each)]);
  return { normalized, refused, ...(normalized.kind === 'call' && { ...normalized, refused }) };
}

/** A call as it is read from a row. */
function readRow(row: { [column: string]: string }) {
  const config = tenantConfig({ ...CONFIG, metadata: { Note: 'note' } }, undefined, false);
  const read = normalizeCall({ ...unread('c1'), row: { ...DEFAULT_ROW, ...row } }, config);
  if (read.kind !== 'call') throw new Error(read.kind);
  return read;
}

describe('more than is read of a call', () => {
  const turns = (count: number, text: string) => Array.from({ length: count }, () => ({ speaker: 'agent', text }));
  it.each<[string, string, Parameters<typeof read>[0]]>([
    ['enriched', 'its transcript has more than 20000 turns', { enriched: { transcript: turns(20_001, 'a') } }],
    [
      'enriched',
      'its transcript has more than 2000000 characters',
      { enriched: { transcript: turns(2, x(1_000_001)) } },
    ],
    ['enriched', 'it has more than 400000 values', { enriched: { words: Array(400_001).fill(0) } }],
    [
      'calls',
      'it has more than 1000 fields',
      { call: Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`k${i}`, i])) },
    ],
    ['calls', 'it has more than 21000 values', { call: { list: Array(21_001).fill('a') } }],
    ['calls', 'it is larger than 8 MB', { call: { summary: x(LIMITS.objectBytes) } }],
    ['qa', 'it has more than 1000 rules', { qa: Array.from({ length: 1001 }, (_, i) => rule(`r${i}`)) }],
    ['qa', 'it has more than 400000 values', { qa: [rule('a', { evidence: Array(400_001).fill(1) })] }],
    [
      'qa',
      'it is larger than 8 MB',
      { qa: Array.from({ length: 9 }, (_, i) => rule(`r${i}`, { evidence: x(1_000_000) })) },
    ],
  ])('is refused by its name: %s, %s', async (part, reason, spec) => {
    const { refused, normalized } = await read(spec);
    expect(refused).toEqual([[part, reason]]);
    // What is refused beside it takes nothing else of the call away.
    expect(normalized.kind).toBe(part === 'calls' ? 'nothing' : 'call');
    if (normalized.kind === 'call')
      expect([normalized.call.transcript, normalized.call.qa]).toEqual(
        part === 'qa' ? ['present', 'not evaluated yet'] : ['refused', 'evaluated'],
      );
  });

  it('is read to its last item where it has just as much', async () => {
    const spec = {
      call: { list: Array.from({ length: 19_900 }, (_, i) => `${i}`) },
      qa: Array.from({ length: LIMITS.rules }, (_, i) => rule(`r${i}`)),
      enriched: { transcript: turns(LIMITS.turns, x(100)) },
    };
    const { normalized, refused } = await read(spec);
    if (normalized.kind !== 'call') throw new Error(normalized.kind);
    const { call, turns: said } = normalized;
    expect([refused, call.rules.length, said.length]).toEqual([[], LIMITS.rules, LIMITS.turns]);
    expect(call.insights.find(({ key }) => key === 'list')?.value).toHaveLength(19_900);
  });
});

describe('a text that is too long', () => {
  const told = (text: string, most: number, of = '') =>
    `Its ${of} is “${text.slice(0, 80)}…”, which is longer than ${most} characters; the rest is left out.`;

  it('of a call is cut with a remark', async () => {
    const { normalized } = await read(
      {
        call: { ...FLAT, from_number: x(400), summary: x(60_000), [x(600)]: 'short', nested: [{ a: x(50_001) }] },
        qa: [rule(x(501), { category: x(502), evidence: x(20_001), coach_note: `"${x(20_002)}` })],
        enriched: {
          transcript: [{ speaker: x(503), text: 'hello' }],
          pipeline: { language: x(504), not_evaluated: x(20_003) },
        },
      },
      { note: x(1001) },
    );
    if (normalized.kind !== 'call') throw new Error(normalized.kind);
    const { call, turns, remarks } = normalized;
    const [own] = call.rules;
    const lengths = [
      call.from,
      call.insights.find(({ key }) => key === 'summary')?.value as string,
      call.insights.find(({ value }) => value === 'short')?.key,
      (call.insights.find(({ key }) => key === 'nested') as { value: { a: string }[] } | undefined)?.value[0]?.a,
      own?.name,
      own?.rule,
      own?.category,
      own?.evidence,
      own?.coachNote,
      turns[0]?.speaker,
      call.language,
      call.metadata[0]?.value,
    ].map((text) => text?.length);
    expect(lengths).toEqual([320, 50_000, 500, 50_000, 500, 500, 500, 20_000, 20_000, 500, 500, 1000]);
    const cut = remarks.filter(({ code }) => code === 'cut-short').map(({ column }) => column);
    expect(cut.toSorted()).toEqual(
      // biome-ignore format: a list of names
      ['category', 'coach_note', 'evidence', 'from_number', 'key', 'language', 'nested', 'not_evaluated', 'note', 'rule_name', 'speaker', 'summary'],
    );
    expect(remarks.map(({ text }) => text)).toContain(told(x(400), 320, 'from_number'));
    expect(remarks.every(({ text, column = '' }) => text.length < 800 && column.length <= 500)).toBe(true);
  });

  it('of a row is cut with a remark', () => {
    const { call, remarks } = readRow({
      calling_party: `"${x(400)}" <sip:+441632960001@carrier.example>`,
      agent_id: x(321),
      summary: x(50_001),
      qa_rule_1_name: x(501),
      qa_rule_1_description: x(20_001),
      qa_tone_pass: 'true',
      qa_tone_reason: x(20_002),
      note: x(1001),
    });
    // The address counts, and not the name before it.
    expect(call.from).toBe('sip:+441632960001@carrier.example');
    const lengths = [
      call.agent,
      call.rules[0]?.name,
      call.rules[0]?.description,
      call.rules[1]?.reason,
      call.metadata[0]?.value,
    ];
    expect(lengths.map((text) => text?.length)).toEqual([320, 500, 20_000, 20_000, 1000]);
    expect(
      remarks
        .filter(({ code }) => code === 'cut-short')
        .map(({ column }) => column)
        .toSorted(),
    ).toEqual([
      ...['agent_id', 'calling_party', 'note', 'qa_rule_1_description', 'qa_rule_1_name', 'qa_tone_reason', 'summary'],
    ]);
  });

  it('that is a list stays text where the list is too long', () => {
    const items = JSON.stringify(Array(30_000).fill(1));
    const athena = `[${Array(30_000).fill('a').join(', ')}]`;
    for (const text of [items, athena])
      expect(readRow({ recommendations: text }).call.insights.at(-1)?.value).toBe(text.slice(0, 50_000).trimEnd());
    const many = Array.from({ length: 3 }, () => JSON.stringify(Array(9000).fill(1)));
    const [summary, topic, recommendations] = many as [string, string, string];
    const kinds = readRow({ summary, topic, recommendations }).call.insights.map(({ value }) => typeof value);
    expect(kinds).toEqual(['object', 'object', 'string']);
  });
});

describe('a configuration', () => {
  it('that lists too much says so', () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => `n${i}`);
    const problems = (report: object, ai?: object): string[] => {
      try {
        tenantConfig({ ...CONFIG, ...report }, undefined, true, ai);
        return [];
      } catch (error) {
        return (error as { problems: string[] }).problems;
      }
    };
    for (const key of ['agentDomains', 'criticalRules', 'customerRules']) {
      expect(problems({ [key]: many(1000) })).toEqual([]);
      expect(problems({ [key]: many(1001) })).toEqual([
        expect.stringMatching(`"${key}".*write a list of at most 1000`),
      ]);
    }
    const pairs = Object.fromEntries(many(1001).map((name) => [name, name]));
    expect(problems({ metadata: pairs })).toEqual([expect.stringMatching(/"metadata".*write at most 1000 entries/)]);
    expect(problems({}, { json_output_schema: pairs })).toEqual([
      expect.stringMatching(/^ai-config.json: .*1001 keys/),
    ]);
  });
});
