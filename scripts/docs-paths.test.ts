import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../generator/render/version.ts';

const ROOMS = ['.github', 'docs', 'generator', 'scripts', 'site', 'templates'];
const entries = [
  ...readdirSync(ROOT),
  ...ROOMS.flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }).map((path) =>
      `${room}/${path}`.replaceAll('\\', '/'),
    ),
  ),
];

/** What a document names as a file or a folder: "`report/pages.ts`", "`store/`". A part of a path is enough. */
const namedIn = (document: string): string[] =>
  [...readFileSync(join(ROOT, document), 'utf8').matchAll(/`([\w.[\]/-]+(?:\.(?:tsx?|astro|mjml|txt|css|json)|\/))`/g)]
    .map(([, path = '']) => path.replace(/\/$/, ''))
    .filter((path) => !['/u', '.build'].includes(path));

it.each(['.github/CONTRIBUTING.md', 'docs/architecture.md'])(
  '%s names files and folders that are there',
  (document) => {
    const named = namedIn(document);
    expect(named.length).toBeGreaterThan(20);
    const missing = named.filter((path) => !entries.some((entry) => `/${entry}`.endsWith(`/${path}`)));
    expect(missing).toEqual([]);
  },
);
