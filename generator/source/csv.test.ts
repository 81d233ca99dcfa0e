import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeText } from '../lib/bytes.ts';
import { csvRows } from './csv.ts';
import type { Refusal } from './refusals.ts';

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
}

async function rowsOf(text: string | Uint8Array, size = 1024 * 1024) {
  const rows: unknown[] = [];
  for await (const { row, ...rest } of csvRows(inPieces(typeof text === 'string' ? encodeText(text) : text, size)))
    rows.push('cells' in rest ? [row, ...rest.cells] : [row, rest]);
  return rows;
}

describe('rows of a sheet', () => {
  it.each<[string, string, unknown[]]>([
    [
      'LF',
      'a,b\n1,2\n',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
    ],
    [
      'CRLF',
      'a,b\r\n1,2\r\n',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
    ],
    [
      'both, and none at the end',
      'a,b\n1,2\r\n3,4',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
        [3, '3', '4'],
      ],
    ],
    [
      'a byte order mark',
      '\ufeff"a",b\n1,2\n',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
    ],
    [
      'line breaks in fields',
      'a,b\n"1\r\n\n2",3\n4,5\n',
      [
        [1, 'a', 'b'],
        [2, '1\r\n\n2', '3'],
        [3, '4', '5'],
      ],
    ],
    [
      'quotes and commas in fields',
      'a,b\n"say ""hi"", go","[""x""]"\n',
      [
        [1, 'a', 'b'],
        [2, 'say "hi", go', '["x"]'],
      ],
    ],
    [
      'stray quotes',
      'a,b\n5" pipe,"x"y\n1,2\n',
      [
        [1, 'a', 'b'],
        [2, '5" pipe', '"x"y'],
        [3, '1', '2'],
      ],
    ],
    [
      'more and fewer fields',
      'a,b\n1\n1,2,3\n',
      [
        [1, 'a', 'b'],
        [2, '1'],
        [3, '1', '2', '3'],
      ],
    ],
    [
      'blank lines',
      'a,b\n\n1,2\n',
      [
        [1, 'a', 'b'],
        [2, ''],
        [3, '1', '2'],
      ],
    ],
    [
      'NUL and other scripts',
      'a,b\n\u0000,日本💣\n',
      [
        [1, 'a', 'b'],
        [2, '\u0000', '日本💣'],
      ],
    ],
    [
      'formulas',
      'a\n"=1+1"\n',
      [
        [1, 'a'],
        [2, '=1+1'],
      ],
    ],
    ['nothing', '', []],
  ])('are read as they are with %s, wherever the bytes are cut', async (_what, text, rows) => {
    for (const size of [1, 2, 3, 7, 1000]) expect(await rowsOf(text, size)).toEqual(rows);
  });

  it('come back as any writer of RFC 4180 wrote them, wherever the bytes are cut', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '\u0000', 'x'), maxLength: 6 }),
    );
    const cell = fc.record({ text, quoted: fc.boolean() });
    const width = fc.integer({ min: 1, max: 5 });
    const rows = width.chain((count) => fc.array(fc.array(cell, { minLength: count, maxLength: count })));
    const ending = fc.constantFrom('\n', '\r\n');
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.infiniteStream(ending),
        fc.integer({ min: 1, max: 40 }),
        async (given, endings, size) => {
          const written = given.map((cells) =>
            cells.map((each) =>
              each.quoted || /[",\r\n]/.test(each.text) ? `"${each.text.replaceAll('"', '""')}"` : each.text,
            ),
          );
          const sheet = ['first', ...written.map((cells) => cells.join(','))].map(
            (line) => line + endings.next().value,
          );
          const wanted = given.map((cells, i) => [i + 2, ...cells.map((each) => each.text)]);
          expect(await rowsOf(sheet.join(''), size)).toEqual([[1, 'first'], ...wanted]);
        },
      ),
      { numRuns: Number(process.env.CCI_RUNS ?? 200) },
    );
  });

  it('are refused where one is larger than 1 MB, and the others come', async () => {
    const big = 'x'.repeat(1024 * 1024 + 1);
    expect(await rowsOf(`a,b\n1,2\n1,"${big}"\n3,4\n`)).toEqual([
      [1, 'a', 'b'],
      [2, '1', '2'],
      [3, { refused: { code: 'row-too-large', given: { limit: 1 } } }],
      [4, '3', '4'],
    ]);
  });

  it('end where a quote is never closed, at the end of the text or after 32 MB', async () => {
    const before = 'a,b\n1,2\n3,"';
    const refused = (why: Refusal) => [
      [1, 'a', 'b'],
      [2, '1', '2'],
      [3, { refused: why }],
    ];
    expect(await rowsOf(`${before}x\n5,6\n`)).toEqual(refused({ code: 'row-quote' }));
    expect(await rowsOf(`${before}${'5,6\n'.repeat(10_000_000)}`)).toEqual(
      refused({ code: 'row-no-end', given: { limit: 32 } }),
    );
  });

  it.each([
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0, 0x2c, 0, 0x62, 0])],
    ['Latin-1', new Uint8Array([0x61, 0x0a, 0xe9, 0x0a, 0x62])],
    ['half a character at the end', new Uint8Array([0x61, 0x0a, 0xc3])],
  ])('are none where the text is %s', async (_what, bytes) => {
    await expect(rowsOf(bytes, 1)).rejects.toMatchObject({ refusal: { code: 'not-utf-8' } });
  });
});
