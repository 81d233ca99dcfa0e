import { describe, expect, it } from 'vitest';
import { encodeText, stableJson } from '../lib/bytes.ts';
import type { Pointer } from './manifest.ts';
import { encodePointer, parsePointer } from './pointer.ts';

const POINTER: Pointer = {
  version: 1,
  organization: 'org_1',
  generation: 7,
  manifest: 'builds/7-3fe1c0a94b7d2e55.json',
  sha256: '3f'.repeat(32),
  publishedAt: '2026-03-30T08:00:00.000Z',
  nonce: 'n',
  state: { blob: 'blobs/ab.7', sha256: 'ab'.repeat(32) },
  kept: [{ generation: 6, manifest: 'builds/6-00.json', sha256: '00'.repeat(32) }],
};

describe('the pointer', () => {
  it('comes back as it was written, also where an older version wrote it', () => {
    expect(parsePointer(encodeText(encodePointer(POINTER)), 'org_1')).toEqual(POINTER);
    expect(parsePointer(encodeText(stableJson(POINTER)), 'org_1')).toEqual(POINTER);
    expect(() => parsePointer(encodeText(encodePointer(POINTER)), 'org_12')).toThrow('foreign pointer');
  });

  it('is right or known to be damaged, whatever bit of it has turned over', () => {
    const body = encodeText(encodePointer(POINTER));
    let found = 0;
    for (let bit = 0; bit < body.byteLength * 8; bit++) {
      const flipped = body.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      try {
        // A name that nobody reads any more does no harm.
        expect(parsePointer(flipped, 'org_1')).toMatchObject(POINTER);
      } catch (error) {
        expect(String(error)).toMatch(/(damaged|foreign) pointer/);
        found++;
      }
    }
    expect(found).toBeGreaterThan(body.byteLength * 7);
  });

  it.each([
    ['null', null],
    ['a list', []],
    ['only a version', { version: 1, organization: 'org_1' }],
    ['no state', { ...POINTER, state: null }],
    ['kept builds that are no list', { ...POINTER, kept: {} }],
    ['a kept build that is none', { ...POINTER, kept: [null] }],
    ['no time', { ...POINTER, publishedAt: undefined }],
    ['a state without its hash', { ...POINTER, state: { blob: 'blobs/ab.7' } }],
    ['a kept build that is none, beside one that is', { ...POINTER, kept: [...POINTER.kept, {}] }],
    ['a manifest that is no text', { ...POINTER, manifest: 7 }],
    ['a hash that is no text', { ...POINTER, sha256: 7 }],
    ['a generation that is no number', { ...POINTER, generation: '7' }],
  ])('is known to be damaged where it is %s', (_what, other) => {
    expect(() => parsePointer(encodeText(JSON.stringify(other)), 'org_1')).toThrow('damaged pointer');
  });
});
