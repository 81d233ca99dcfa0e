import { expect, it } from 'vitest';
import { isToldOnce, isUnread, REMARK_CODES, remarkOf } from './remarks.ts';

it('says every remark in one sentence, and quotes what it is about up to 80 characters', () => {
  const value = '9'.repeat(500);
  for (const code of REMARK_CODES) {
    const told = { code, column: 'pass', rule: 'Identity verified', value, count: '2', where: 'one sheet' } as const;
    const { text, column, callId } = remarkOf('c1', told);
    expect([callId, column]).toEqual(['c1', 'pass']);
    expect(text, code).toMatch(/^[A-Z“].*\.$/);
    expect(text, code).not.toContain('undefined');
    expect(text.length, code).toBeLessThan(220);
    if (isUnread(code))
      expect(text).toMatch(/^Its pass of “Identity verified” is “9{80}…”, which .*, so it counts as absent\.$/);
  }
});

it('knows what counts as absent, and what is told once for a column', () => {
  expect(['not-a-number', 'two-rows-of-a-rule', 'toString'].map(isUnread)).toEqual([true, false, false]);
  expect(['athena-list', 'not-a-number', 'toString'].map(isToldOnce)).toEqual([true, false, false]);
});
