import { expect, test } from 'vitest';
import { HOSTILE } from '../../../../generator/fixtures/hostile.ts';
import { placesOf } from './find-places.ts';

test('it finds every place regardless of case and of how words are spaced', () => {
  expect(placesOf('thank  YOU', 'Thank you. thank\nyou, thankyou')).toEqual([
    [0, 9],
    [11, 20],
  ]);
  expect(placesOf('ß', 'Straße')).toEqual([[4, 5]]);
  expect(placesOf('💣', 'a 💣 b 💣')).toEqual([
    [2, 4],
    [7, 9],
  ]);
  expect(placesOf('i', 'İI')).toEqual([[1, 2]]);
});

test('it takes what is typed for text, not for a pattern', () => {
  expect(placesOf('(a|b)*', 'a b (A|B)*')).toEqual([[4, 10]]);
  for (const text of [...HOSTILE, '\\', '[', 'a-b', '$&', '/', '^']) {
    const visible = text.trim();
    expect(placesOf(text, `x${visible}x`)[0], text).toEqual([1, 1 + visible.length]);
  }
});

test('it finds nothing for nothing', () => {
  expect(placesOf('  ', 'a b')).toEqual([]);
});
