import { describe, expect, it } from 'vitest';
import { encodeText } from '../lib/bytes.ts';
import { type Read, readLines, readObject, readSingleLine } from './json.ts';
import { reasonOf } from './refusals.ts';

const reasonFor = (read: Read<unknown>) => (read.ok ? undefined : reasonOf(read.refusal));

const deep = (levels: number) => `{"x":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
const utf16 = new Uint8Array(Buffer.from('\ufeff{"a":1}', 'utf16le'));

describe('an object of one line', () => {
  it.each<[string, string | Uint8Array]>([
    ['the file is empty', ''],
    ['the file is empty', '\n'],
    ['the file is empty', '\ufeff'],
    ['the text is not UTF-8', utf16],
    ['the text is not UTF-8', new Uint8Array([0x7b, 0xff, 0x7d])],
    ['the text is cut off in the middle', '{"a": [1, 2'],
    ['the text is cut off in the middle', '{"a": "b'],
    ['it holds NaN or Infinity, which JSON does not allow', '{"a": NaN}'],
    ['it holds NaN or Infinity, which JSON does not allow', '{"a": [-Infinity]}'],
    ['a number is too large', '{"a": [1e400]}'],
    ['it is not JSON', "{'a': 1}"],
    ['it is not JSON', '{"a": 1,}'],
    ['it is nested deeper than 64 levels', deep(65)],
    ['it is nested deeper than 64 levels', deep(100_000)],
    ['it has a key named __proto__', '{"a": {"__proto__": {"polluted": true}}}'],
    ['it has a key named __proto__', '{"\\u005f_proto__": 1}'],
    ['it is not a JSON object', '[1,2,3]'],
    ['it is not a JSON object', 'null'],
    ['the file has 2 lines where one is expected', '{"a":1}\n{"a":2}\n'],
    ['it is larger than 8 MB', `{"a":"${'x'.repeat(8 * 1024 * 1024)}"}`],
  ])('is refused: %s', (reason, text) => {
    expect(reasonFor(readSingleLine(typeof text === 'string' ? encodeText(text) : text))).toBe(reason);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each([
    ['with a byte order mark', '\ufeff{"a":1}\n'],
    ['with CRLF', '{"a":1}\r\n'],
    ['without a line break', '{"a":1}'],
    ['after blank lines', '\n\n  \n{"a":1}\n\n'],
  ])('is read %s', (_how, text) => {
    expect(readSingleLine(encodeText(text))).toEqual({ ok: true, value: { a: 1 } });
  });

  // A count of what is in texts would find 65 levels in each of them, or none behind it.
  it.each(['', '\\\\', '\\"', '\\\\\\"', '\\u005c'])(
    'is judged by what is not in its texts, which may end in %s',
    (end) => {
      const text = `"${'['.repeat(65)}${end}"`;
      expect(readSingleLine(encodeText(`{"a":${text},"${end}":[${text}]}`)).ok).toBe(true);
      const behind = `{"a":${text},"b":${deep(64)}}`;
      expect(reasonFor(readSingleLine(encodeText(behind)))).toBe('it is nested deeper than 64 levels');
    },
  );

  it('is read at exactly 64 levels', () => {
    expect(readSingleLine(encodeText(deep(64))).ok).toBe(true);
  });
});

it('reads an object over several lines where one line is not asked for', () => {
  expect(readObject(encodeText('{\n "a": 1\n}\n'))).toEqual({ ok: true, value: { a: 1 } });
});

describe('lines of rules', () => {
  it('are none in a file of one line break', () => {
    expect(readLines(encodeText('\n'))).toEqual({ ok: true, value: [] });
  });
  it('are all refused where one of them is bad', () => {
    expect(reasonFor(readLines(encodeText('{"a":1}\n{"a":')))).toBe('the text is cut off in the middle');
  });
  it('are bounded one by one, not together', () => {
    const line = `{"a":"${'x'.repeat(3 * 1024 * 1024)}"}`;
    expect(readLines(encodeText(Array(4).fill(line).join('\n'))).ok).toBe(true);
  });
});
