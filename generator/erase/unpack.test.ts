import { brotliCompressSync, zstdCompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { blockWriter } from '#shared/search/block.ts';
import { unpackedText } from './unpack.ts';

it('reads the words of a search file whole, though each lies there only as far as it is another than the one before', () => {
  const writer = blockWriter(1);
  const words = ['!agent:ann', 'order4711', 'order4799', 'ordering'];
  for (const term of words) writer.add({ term, stem: term === 'ordering' ? 'order' : term, count: 1, places: [0] });
  const block = writer.end();
  expect(Buffer.from(block).toString()).not.toContain('order4799');
  for (const stored of [block, brotliCompressSync(block), zstdCompressSync(block)])
    expect(unpackedText(stored).split('\n')).toEqual(expect.arrayContaining([...words, 'order']));
});
