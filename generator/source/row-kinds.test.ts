import { describe, expect, it } from 'vitest';
import { holdsLoneCr, oddLineEnds } from './line-ends.ts';
import { isHeaderAgain, isTotal } from './row-kinds.ts';

describe('a total', () => {
  it.each(['total', 'TOTAL', 'Totals:', ' Sum ', 'Average', 'Grand Total', 'grand_total', 'GRAND-TOTAL (:)'])(
    'is a row whose id is %j, without start and party',
    (id) => {
      expect(isTotal(id, ['', 'NULL', undefined])).toBe(true);
      expect(isTotal(id, ['2026-03-30', '', ''])).toBe(false);
      expect(isTotal(id, ['', '+441632960001', ''])).toBe(false);
    },
  );
  it.each(['', 'c1', 'total-1', 'summary', 'totally', 'sum 2026', 'average call'])('is none whose id is %j', (id) => {
    expect(isTotal(id, [])).toBe(false);
  });
});

it('tells the header again from a call, however it is spelt', () => {
  const header = ['call_id', 'Topic', ''];
  expect(isHeaderAgain(['Call_ID', ' topic', ''], header, 0)).toBe(true);
  expect(isHeaderAgain(['call_id', 'Billing', ''], header, 0)).toBe(false);
  expect(isHeaderAgain(['c1', 'topic', ''], header, 0)).toBe(false);
});

describe('line ends', () => {
  it.each<[string, string]>([
    ['CR', 'call_id,topic\rr1,x\rr2,y'],
    ['CR', 'call_id\rr1'],
    ['CR', '"call_id","to\npic"\r"r1","x"\r'],
    ['CR', '\r\rcall_id,topic\r\rr1,x'],
    ['CR', 'call_id,topic\rr1,x\rr2,y\n'],
    ['NEL (U+0085)', 'call_id,topic\u0085r1,x\u0085'],
    ['LINE SEPARATOR (U+2028)', 'call_id\u2028r1\u2028r2\n'],
    ['PARAGRAPH SEPARATOR (U+2029)', '"call_id","a"\u2029"r1","b"'],
    ['VT (U+000B)', 'call_id,a\u000br1,b'],
    ['FF (U+000C)', 'call_id,a\u000cr1,b'],
    ['RS (U+001E)', 'call_id,a\u001er1,b'],
  ])('are %s alone in %j', (ends, head) => expect(oddLineEnds(head)).toBe(ends));
  it.each([
    '',
    'call_id,topic',
    'call_id,topic\nr1,x\r\n',
    'call_id,topic\r\nr1,a\rb\r\n',
    'call_id,topic\r\r\nr1,x\r\r\n',
    '"call\rid",topic\nr1,x',
    'call_id,"to\r\rpic\u2028"\r\nr1,x',
    'call_id,to\u2028pic\nr1,x',
    'call_id,topic\u2028\nr1,x',
    'call_id,topic\r',
  ])('are as they should be in %j', (head) => expect(oddLineEnds(head)).toBeUndefined());
  it('of CR are seen in a cell too', () => {
    expect(holdsLoneCr('x\rr2')).toBe(true);
    for (const cell of ['x', 'x\r\ny', '\rx', 'x\r']) expect(holdsLoneCr(cell)).toBe(false);
  });
});
