import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WIDE_COLUMNS } from '../tenants/column-names.ts';
import { tenantConfig } from '../tenants/config.ts';
import { foldName, readHeader, wantedColumns } from './header.ts';

const wanted = (report: object = {}, ai?: object) => wantedColumns(tenantConfig(report, undefined, false, ai));
const header = (cells: string[], report?: object, ai?: object) => readHeader(cells, wanted(report, ai));

describe('columns', () => {
  it('are found whatever their case, with space around and characters that nobody sees', () => {
    const cells = [
      '\ufeffCall_ID ',
      'sentiment\u200b_\ufeffscore',
      '\u00a0Overall_Score\t',
      'QA_Rule_1_NAME',
      'TENANT_ID',
      '',
    ];
    expect(header(cells)).toEqual({
      names: ['call_id', 'sentiment_score', 'overall_score', 'qa_rule_1_name', undefined, undefined],
      unread: ['TENANT_ID', ''],
    });
  });

  it('of one rule go together, and the rule is spelt as its first column is', () => {
    expect(header(['call_id', 'QA_Greeting_Pass', 'qa_greeting_SCORE', 'qa_greeting_reason']).names).toEqual([
      'call_id',
      'qa_Greeting_pass',
      'qa_Greeting_score',
      'qa_Greeting_reason',
    ]);
  });

  it('are the configured ones, of metadata and of insights, as the configuration spells them', () => {
    const report = { columns: { topic: 'Thema' }, metadata: { Queue: 'Queue Name' } };
    const ai = { json_output_schema: { next_steps: [], summary: '' } };
    expect(header(['call_id', 'THEMA', 'topic', 'queue  name', 'Next_Steps', 'Recommendations'], report, ai)).toEqual({
      names: ['call_id', 'Thema', undefined, 'Queue Name', 'next_steps', 'recommendations'],
      unread: ['topic'],
    });
  });

  it('of one name are the one that is spelt exactly, else the first; two that are both so are nobody’s to choose', () => {
    expect(header(['call_id', 'Topic', 'topic', ' topic'])).toEqual({
      names: ['call_id', undefined, 'topic', undefined],
      unread: ['Topic', 'topic'],
    });
    expect(header(['call_id', 'TOPIC', 'Topic']).names).toEqual(['call_id', 'topic', undefined]);
    expect(header(['call_id', 'topic', 'topic']).twice).toBe('topic');
    expect(header(['call_id', 'notes', 'notes'])).toEqual({
      names: ['call_id', undefined, undefined],
      unread: ['notes', 'notes'],
    });
  });

  it('are told apart by a letter’s case where the configuration does so', () => {
    const report = { columns: { topic: 'Text', summary: 'text' } };
    expect(header(['call_id', 'text', 'Text', 'TEXT'], report).names).toEqual(['call_id', 'text', 'Text', undefined]);
  });

  it('are each read once or named as not read, however they are dressed', () => {
    const known = fc.constantFrom(
      ...Object.values(WIDE_COLUMNS).flat(),
      'qa_greeting_pass',
      'qa_rule_2_score',
      'notes',
    );
    const dress = fc.tuple(known, fc.constantFrom('', ' ', '\u200b', '\u2060', '\u00ad', '\u00a0'), fc.boolean());
    fc.assert(
      fc.property(fc.array(dress, { maxLength: 12 }), (dressed) => {
        const cells = dressed.map(
          ([name, extra, upper]) =>
            `${extra}${name[0]}${extra.trim()}${upper ? name.slice(1).toUpperCase() : name.slice(1)}${extra}`,
        );
        const { names, unread } = header(cells);
        const read = names.filter((name) => name !== undefined);
        expect(new Set(read).size).toBe(read.length);
        expect(read.length + unread.length).toBe(cells.length);
        for (const [i, [name]] of dressed.entries()) {
          if (name === 'notes') expect(names[i]).toBeUndefined();
          else expect(read.map(foldName)).toContain(name);
          if (names[i] !== undefined) expect(names[i]?.toLowerCase()).toBe(name);
        }
      }),
      { numRuns: Number(process.env.CCI_RUNS ?? 200) },
    );
  });
});
