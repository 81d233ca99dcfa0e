import { expect, it } from 'vitest';
import { ungated } from './ungated.ts';

const SHEET = '<link rel="stylesheet" href="/session.css?o=ab12cd34&amp;b=7-3f">';

it.each([
  [
    `<!doctype html><html lang="en" data-site="ab12cd34" data-x="1"><head>${SHEET}<title>x</title></head><body hidden><p>y</p></body></html>`,
    '<!doctype html><html lang="en" data-x="1"><head><title>x</title></head><body><p>y</p></body></html>',
  ],
  ['<!DOCTYPE HTML>\n<HTML data-site="">', '<!DOCTYPE HTML>\n<HTML>'],
  [`<!doctype html>  <html data-site="ab">${SHEET}`, '<!doctype html>  <html>'],
  // What only looks like it, or is not where a page has it, stays.
  [
    '<!doctype html><html lang="en"><p data-site="ab12">x</p>',
    '<!doctype html><html lang="en"><p data-site="ab12">x</p>',
  ],
  ['x<!doctype html><html data-site="ab12">', 'x<!doctype html><html data-site="ab12">'],
  ['<!doctype html><html data-site="xyz">', '<!doctype html><html data-site="xyz">'],
  ['<link rel="stylesheet" href="/assets/session.css">', '<link rel="stylesheet" href="/assets/session.css">'],
  ['<body hidden="x">', '<body hidden="x">'],
  ['<p>&lt;body hidden&gt;</p>', '<p>&lt;body hidden&gt;</p>'],
])('%j without a gate is %j', (page, plain) => {
  expect(ungated(page)).toBe(plain);
});
