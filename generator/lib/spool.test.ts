import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeText, encodeText } from './bytes.ts';
import { openSpool } from './spool.ts';

describe('spool', () => {
  it('gives back what was put, whatever was under way at once', async () => {
    await using spool = await openSpool();
    const texts = Array.from({ length: 200 }, (_, i) => `${i} ${'é'.repeat(i * 7)}`);
    const slices = await Promise.all(texts.map((text) => spool.put(encodeText(text))));
    const read = await Promise.all(slices.toReversed().map(async (slice) => decodeText(await spool.get(slice))));
    expect(read.toReversed()).toEqual(texts);
  });

  it('leaves no file behind, even before it is closed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cci-'));
    {
      await using spool = await openSpool(folder);
      await spool.put(encodeText('what a caller said'));
      expect(await readdir(folder)).toEqual([]);
    }
    expect(await readdir(folder)).toEqual([]);
  });

  it('says so where a slice lies beyond its end', async () => {
    await using spool = await openSpool();
    await spool.put(encodeText('abc'));
    await expect(spool.get({ offset: 1, length: 9 })).rejects.toThrow(/cut spool/);
  });
});
