import { createElement, type ReactNode } from 'react';
import { expect, it } from 'vitest';
import { staticMarkup } from './static-markup.ts';

let rendered = 0;
const Note = ({ text, more }: { text: string; more?: ReactNode }) => {
  rendered += 1;
  return createElement('p', null, text, more);
};

it('renders parts of the same text once, and each text as its own', () => {
  rendered = 0;
  const texts = ['a', 'b', '<b>"a"</b>', 'a'];
  expect(texts.map((text) => staticMarkup(Note, { text }))).toEqual([
    '<p>a</p>',
    '<p>b</p>',
    '<p>&lt;b&gt;&quot;a&quot;&lt;/b&gt;</p>',
    '<p>a</p>',
  ]);
  expect(rendered).toBe(3);
});

it('renders a part that holds more than text each time', () => {
  rendered = 0;
  const more = [1, 2].map((n) => createElement('b', { key: n }, n));
  expect(more.map((each) => staticMarkup(Note, { text: 'x', more: each }))).toEqual([
    '<p>x<b>1</b></p>',
    '<p>x<b>2</b></p>',
  ]);
  expect(rendered).toBe(2);
});

it('gives the right markup however many texts there are', () => {
  const texts = Array.from({ length: 1000 }, (_, n) => `text ${n % 450}`);
  expect(texts.map((text) => staticMarkup(Note, { text }))).toEqual(texts.map((text) => `<p>${text}</p>`));
});
