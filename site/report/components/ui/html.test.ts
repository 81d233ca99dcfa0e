import domino from '@mixmark-io/domino';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HOSTILE } from '../../../../generator/fixtures/hostile.ts';
import { html } from './html.ts';

/** Text that a parser gives back as it is: it takes out NUL, and makes one line end of two. */
const text = fc.string({ unit: 'binary' }).map((each) => each.replaceAll('\u0000', '').replaceAll('\r', ''));

const seen = (value: string) => {
  const { firstElementChild: element } = domino.createDocument(html`<p title="${value}">${value}</p>`.text).body;
  return [element?.getAttribute('title'), element?.textContent, element?.childElementCount];
};

it('writes any text as text, between tags and in attributes', () => {
  const isText = (value: string): void => expect(seen(value)).toEqual([value, value, 0]);
  fc.assert(
    fc.property(text, (value) => {
      isText(value);
    }),
  );
  for (const value of HOSTILE) isText(value.replaceAll('\u0000', '').replaceAll('\r', ''));
});

it('takes markup of another template as it is, alone and in a list, and nothing for nothing', () => {
  const items = ['a', '<b>'].map((name) => html`<li>${name}</li>`);
  expect(html`<ul>${items}${false}${null}${undefined}${''}${0}</ul>${html`<hr>`}`.text).toBe(
    '<ul><li>a</li><li>&lt;b&gt;</li>0</ul><hr>',
  );
});

it('takes no object that looks like markup for markup', () => {
  const forged = { text: '<script>' } as unknown as string;
  expect(() => html`<p>${forged}</p>`).toThrow();
  expect(html`<p>${[['<i>']]}</p>`.text).toBe('<p>&lt;i&gt;</p>');
});

it('writes the spaces and lines of a template as one space, and those of a text as they are', () => {
  expect(
    html`<p>
    ${'a  b\n'}
  </p>`.text,
  ).toBe('<p> a  b\n </p>');
});
