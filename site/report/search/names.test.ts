import { describe, expect, it } from 'vitest';
import { findNames } from './names.ts';
import type { Target } from './targets.ts';

const targets = [
  ['Ann Smith', 'North'],
  ['José Núñez', 'South'],
  ['Юлия Орлова', undefined],
  ['Offers further help', 'Closing'],
  ['<b>Bob</b>', undefined],
].map(([name = '', detail]): Target => ({ kind: 'agents', name, ...(detail && { detail }), href: `/${name}/` }));
const found = (text: string) => findNames(targets, text).map(({ target }) => target.name);

describe('names', () => {
  it.each([
    ['smith an', 'Ann Smith'],
    ['nunez', 'José Núñez'],
    ['NÚÑEZ', 'José Núñez'],
    ['орлова', 'Юлия Орлова'],
    ['furthr help', 'Offers further help'],
    ['smiht', 'Ann Smith'],
    ['south', 'José Núñez'],
    ['bob', '<b>Bob</b>'],
  ])('are found by "%s"', (text, name) => {
    expect(found(text)).toEqual([name]);
  });

  it('are not found by what they are not called', () => {
    expect(found('zzzq')).toEqual([]);
    expect(found('***')).toEqual([]);
  });

  it('say where the text is in name and detail', () => {
    const [ann] = findNames(targets, 'smith north');
    const cut = (text: string, marks: readonly (readonly number[])[] = []) =>
      marks.map(([from, to]) => text.slice(from, to));
    expect(cut('Ann Smith', ann?.marks.name)).toEqual(['Smith']);
    expect(cut('North', ann?.marks.detail)).toEqual(['North']);
  });
});
