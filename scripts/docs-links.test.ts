import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../generator/render/version.ts';
import { REFERENCE_FILE, reference } from './reference.ts';

const DOCS = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
const ALL = ['README.md', '.github/CONTRIBUTING.md', ...DOCS.map((name) => `docs/${name}`)];
const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const headings = (path: string): string[] =>
  [...text(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.replaceAll('`', ''));
/** As GitHub makes it of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

it.each(ALL)('every link of %s leads to a file and a heading that are there', (path) => {
  const wrong = [...text(path).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
    if (/^[a-z]+:/.test(link)) return [];
    const [file, anchor] = link.split('#');
    const target = file ? join(dirname(path), file) : path;
    if (!existsSync(join(ROOT, target))) return [link];
    return anchor === undefined || headings(target).map(anchorOf).includes(anchor) ? [] : [link];
  });
  expect(wrong).toEqual([]);
});

it.each(ALL)('every document and part of one that %s names is there', (path) => {
  const named = [...text(path).matchAll(/`(?:docs\/)?([a-z-]+\.md)`(?:, (“[^”]+”(?:(?:,| and) “[^”]+”)*))?/g)];
  const wrong = named.flatMap(([, file = '', parts = '']) => {
    if (!DOCS.includes(file)) return [file];
    const known = headings(`docs/${file}`);
    return [...parts.matchAll(/“([^”]+)”/g)].flatMap(([, part = '']) =>
      known.includes(part.replaceAll('`', '')) || text(`docs/${file}`).includes(`**${part}.**`)
        ? []
        : [`${file}: ${part}`],
    );
  });
  expect(wrong).toEqual([]);
});

it('README leads to every document', () => {
  expect(DOCS.filter((name) => !text('README.md').includes(`\`${name}\``))).toEqual([]);
});

it('the reference is as a fresh one would be; else run node scripts/reference.ts', () => {
  expect(text('docs/reference.md')).toBe(reference());
  expect(REFERENCE_FILE.endsWith('reference.md')).toBe(true);
});
