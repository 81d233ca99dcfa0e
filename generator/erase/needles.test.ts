import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  builtWorld,
  CANARY,
  deleteUpstream,
  doomed,
  eraseIt,
  freshSite,
  keysHolding,
  ORG,
} from '../testing/erased-call.ts';
import { readWholeSite } from '../testing/whole-site.ts';
import { holdsWord, isDistinctive } from './needles.ts';
import { readingsOf } from './readings.ts';
import { namesCall } from './structured.ts';
import { Unreadable, unpackedText } from './unpack.ts';

describe('a text is searched', () => {
  it.each([
    ['as it stands', 'rec-7'],
    ['with entities', 'r&#101;c&#x2D;7'],
    ['with escapes of JSON', JSON.stringify({ a: 'rec-7' }).replace('rec', '\\u0072ec')],
    ['with JSON in JSON', JSON.stringify(JSON.stringify({ 'a\nrec-7': '\\' }))],
    ['with percent signs', 'x=%72ec%2D7'],
    ['with percent signs of percent signs', 'x=rec%252D7'],
    ['with a mark in the middle', '<p>rec<mark>-</mark>7</p>'],
    ['with JSON in an attribute', `<a data-x="{&quot;a&quot;:&quot;\\u0072ec%2D7&quot;}"></a>`],
    [
      'as a base64 part of a mail',
      `Content-Transfer-Encoding: base64\r\n\r\n${Buffer.from('about rec-7 or so').toString('base64')}\r\n`,
    ],
    ['as a word in a mail’s head', `Subject: =?UTF-8?B?${Buffer.from('é rec-7').toString('base64')}?=`],
    ['as a word in a mail’s head, with its signs', 'Subject: =?UTF-8?Q?=C3=A9_rec=2D7?='],
    ['over lines of a mail', 'Content-Transfer-Encoding: quoted-printable\r\n\r\nabout re=\r\nc=2D7'],
  ])('%s', (_how, text) => {
    expect(readingsOf(text).some((read) => holdsWord(read, 'rec-7', []))).toBe(true);
  });

  it.each([
    ['gzip', gzipSync],
    ['brotli', brotliCompressSync],
  ])('out of %s, whole or cut off', (_how, pack) => {
    const text = `${'one call and another one, '.repeat(40)}rec-7 ${Array.from({ length: 400 }, (_, i) => i ** 3).join()}`;
    const packed = pack(text);
    expect(unpackedText(packed)).toBe(text);
    expect(unpackedText(packed.subarray(0, packed.length - 40))).toContain('rec-7');
  });

  it('out of Zstandard, whole or cut off, as far as its blocks go', () => {
    const text = `rec-7 ${Array.from({ length: 40_000 }, (_, i) => i ** 3).join()}`;
    const packed = zstdCompressSync(text);
    expect(unpackedText(packed)).toBe(text);
    expect(unpackedText(packed.subarray(0, packed.length - 40))).toContain('rec-7');
    expect(unpackedText(packed.subarray(0, 40))).not.toBe('');
  });

  it('but not where it is too large', () => {
    expect(() => unpackedText(gzipSync(Buffer.alloc(1025)), 1024)).toThrow(Unreadable);
  });
});

describe('an id', () => {
  it.each<[text: string, longer: string[], isThere: boolean]>([
    ['rec-7', [], true],
    ['"rec-7"', [], true],
    ['enriched/rec-7.json', [], true],
    ['rec-71 xrec-7 rec-7-1 rec-7_a', [], false],
    ['rec-7.1', ['rec-7.1'], false],
    ['rec-7.1 rec-7', ['rec-7.1'], true],
  ])('in %j beside %j: %s', (text, longer, isThere) => {
    expect(holdsWord(text, 'rec-7', longer)).toBe(isThere);
  });

  it.each([
    ...['12', 'summary', 'c1', '2026-03-30', '20260330', 'utf-8', 'sha256', '10:00:00'].map(
      (id) => [id, false] as const,
    ),
    ...['rec-7x', '441632960001', 'c0a80001-0000-4000-8000-00000000000a', 'call 17'].map((id) => [id, true] as const),
  ])('%s tells of its call wherever it stands: %s', (id, is) => {
    expect(isDistinctive(id)).toBe(is);
  });

  it.each([
    ['a state', { calls: { 12: { kind: 'call' } } }, true],
    ['rows of a sheet', { sheets: { 'a.csv': { rows: { 12: 'hash' } } } }, true],
    ['a column of ids', { count: 2, ids: { each: ['11', '12'] } }, true],
    ['a remark', { remarks: [{ callId: '12' }] }, true],
    ['a day', { id: '12', direction: 'inbound' }, true],
    ['an agent', { agents: [{ id: '12', calls: 12 }] }, false],
    ['hours', { hours: { 12: 3 }, calls: ['12'] }, false],
  ])('that is a figure elsewhere is found in %s: %s', (_where, value, is) => {
    expect(namesCall(JSON.stringify(value), '12')).toBe(is);
    expect(namesCall(`{"id":"1"}\n${JSON.stringify(value)}\n`, '12')).toBe(is);
  });

  it.each([
    '12',
    'summary',
    '2026-03-29',
    'c0a80001-0000-4000-8000-00000000000a',
    'with space & <b>',
    'é%41',
    '~0123456789abcdef01234567',
    'index.html',
  ])('%j is erased, and none of its neighbours', async (id) => {
    const world = await builtWorld(doomed(id));
    await deleteUpstream(world, { id });
    expect(await eraseIt(world, id)).toMatchObject({ state: 'erased', proof: { hits: [] } });
    expect(await keysHolding(world.reports, [CANARY])).toEqual([]);
    expect((await eraseIt(world, id)).state).toBe('nothing');
    expect(await readWholeSite(world.reports, ORG)).toEqual(await freshSite(world));
  });
});
