import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallPage } from '#shared/view.ts';

/** What every generator reads: view models one a line, in files of so many lines, so that nobody must hold them all. */
const LINES = 250;

export function writeViews(folder: string, views: readonly CallPage[]): void {
  mkdirSync(folder, { recursive: true });
  for (let from = 0; from < views.length; from += LINES) {
    const lines = views.slice(from, from + LINES).map((view) => JSON.stringify(view));
    writeFileSync(join(folder, `${String(from / LINES).padStart(5, '0')}.ndjson`), lines.join('\n'));
  }
}

/** Files of views, in order. */
export const viewFiles = (folder: string): string[] =>
  readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));

export const readViews = (file: string): CallPage[] => readFileSync(file, 'utf8').split('\n').map(parse);

/** Views by their place, for generators that go through pages by a list of their own; the file last asked for is kept. */
export function viewReader(): (file: string, line: number) => CallPage {
  let open = { file: '', lines: [] as string[] };
  return (file, line) => {
    if (open.file !== file) open = { file, lines: readFileSync(file, 'utf8').split('\n') };
    return parse(open.lines[line] ?? '');
  };
}

/** The place of every view, and the name of its page. */
export const placesOf = (folder: string): { name: string; file: string; line: number }[] =>
  viewFiles(folder).flatMap((file) => readViews(file).map((view, line) => ({ name: nameOf(view), file, line })));

/** The page's file is `<name>.html`, for every generator. */
export const nameOf = ({ path }: CallPage): string => path.split('/').at(-2) ?? '';

const parse = (line: string): CallPage => JSON.parse(line) as CallPage;
