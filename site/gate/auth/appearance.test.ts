import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { appearance } from './appearance.ts';

/** Custom properties of the sheet that the gate's pages have. */
const sheet = readFileSync(new URL('../../styles/tokens.css', import.meta.url), 'utf8');
const values = new Map([...sheet.matchAll(/(--[\w-]+): (.*);/g)].map(([, name, value = '']) => [name, value]));

test('Clerk’s components have the colours and the type of our sheet, in both schemes', () => {
  const { fontSize, borderRadius, fontFamily, ...colors } = appearance.variables;
  for (const [what, value] of Object.entries({ ...colors, fontFamily })) {
    const [, name] = /^var\((--[\w-]+)\)$/.exec(value) ?? [];
    expect([what, values.has(name)]).toEqual([what, true]);
    if (what !== 'fontFamily') expect([what, values.get(name)]).toEqual([what, expect.stringMatching(/^light-dark\(/)]);
  }
  expect(Object.keys(colors).every((what) => what.startsWith('color'))).toBe(true);
  for (const length of [fontSize, borderRadius]) expect(length).toMatch(/^[1-9]\d*px$/);
});

test('Clerk’s components have no frame and no heading of their own', () => {
  const { header, card, cardBox } = appearance.elements;
  expect(header).toEqual({ display: 'none' });
  for (const box of [card, cardBox]) expect(box).toMatchObject({ boxShadow: 'none', border: '0' });
});
