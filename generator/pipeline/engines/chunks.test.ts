import { describe, expect, it } from 'vitest';
import type { Turn } from '../ports.ts';
import { chunksOf, cutText } from './chunks.ts';
import { randomText } from './testing/random-text.ts';

const bytes = (text: string): number => Buffer.byteLength(text);

describe('texts for a scorer', () => {
  it('are short enough, and together the text, for 10,000 random texts', () => {
    for (let seed = 0; seed < 10_000; seed++) {
      const text = randomText(seed);
      const pieces = cutText(text);
      if (pieces.join('') !== text) throw new Error(`text ${seed} is another`);
      for (const piece of pieces)
        if (piece.length === 0 || piece.length > 450 || bytes(piece) > 5_000 || !piece.isWellFormed())
          throw new Error(`a piece of text ${seed} has ${bytes(piece)} bytes`);
    }
  });

  it('are cut between words, then between signs', () => {
    const words = Array.from({ length: 200 }, (_, at) => `word${at}`).join(' ');
    for (const piece of cutText(words)) expect(piece).toMatch(/^word\d+ (?:.*word\d+)? ?$/);
    const family = '👩‍👩‍👧‍👦';
    for (const piece of cutText(family.repeat(200))) expect(piece.replaceAll(family, '')).toBe('');
  });

  it('are of one speaker each, and as few as may be', () => {
    const turns: Turn[] = Array.from({ length: 40 }, (_, at) => ({
      speaker: at % 2 === 0 ? 'agent' : 'customer',
      start: at,
      end: at + 1,
      text: at % 2 === 0 ? `agent says ${at}` : `customer says ${at}`,
    }));
    const chunks = chunksOf(turns);
    expect(chunks).toHaveLength(2);
    for (const chunk of chunks) expect(chunk.includes('agent') && chunk.includes('customer')).toBe(false);
    expect(chunks.join(' ').match(/says \d+/g)).toHaveLength(40);
  });
});
