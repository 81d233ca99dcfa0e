import { expect, it } from 'vitest';
import type { BuildResult } from '../build/context.ts';
import { columnLines, troubleLines } from './troubles.ts';

const EVIL = '::error::x\n\u001b[31m\u202e.csv';

it('puts names from outside into a log as one harmless word each', () => {
  const sheets = { first: `final/v2.0-flat/calls/${EVIL}`, count: 1 };
  const result = {
    unreadColumns: [{ key: sheets.first, unread: [EVIL], more: 2, nameless: 2 }],
    missingColumns: [{ setting: 'metadata', name: EVIL, column: EVIL }],
    unknownRules: [{ setting: 'criticalRules', name: EVIL }],
  } as unknown as BuildResult;
  const lines = [
    ...troubleLines('acme', [
      { kind: 'cells', n: 5, of: 9, column: EVIL, sheets },
      { kind: 'sheet', n: 1, of: 1, sheets, refusal: { code: 'line-ends', given: { ends: 'CR' } } },
    ]),
    ...columnLines('acme', result),
  ];
  expect(lines).toHaveLength(5);
  for (const line of lines) {
    expect(line).toMatch(/^acme: [ -~]+\.$/);
    expect(line.slice(6)).not.toContain('::');
  }
  expect(lines[3]).toMatch(/ and 2 more; 2 columns without a name\.$/);
});

it('says of very many troubles how many more there are', () => {
  const many = Array.from({ length: 33 }, (_, i) => ({ kind: 'fields' as const, n: 5, of: 9, column: `c${i}` }));
  const lines = troubleLines('acme', many);
  expect(lines).toHaveLength(21);
  expect(lines[20]).toBe('acme: And 13 more of this kind; see /about/ of its site.');
  expect(troubleLines('acme')).toEqual([]);
});
