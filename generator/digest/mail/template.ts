import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { UserError } from '../../lib/errors.ts';
import { say } from '../../lib/printable.ts';
import { ROOT } from '../../render/version.ts';
import { type DigestView, whole } from '../content/view.ts';

/** Fills both parts of a digest. */
export type Fill = (view: DigestView) => { html: string; text: string };

/** Where `templates/compile.ts` puts them at build time. */
const TEMPLATES = join(ROOT, '.build', 'mail');
/** Mail clients cut longer messages: better no digest than half of one. */
const MAX_HTML_BYTES = 80 * 1024;
/** Characters of a line in the text part. */
const LINE = 76;

/**
 * Handlebars, strict: what is missing throws. HTML is escaped always; text needs none.
 * @throws {UserError} where the templates have not been built
 */
export async function openTemplates(folder = TEMPLATES): Promise<Fill> {
  const read = (name: string) =>
    readFile(join(folder, name), 'utf8').catch(() => {
      throw new UserError([
        say`${join(folder, name)} is missing, so no digest can be made. Run: node scripts/build.ts`,
      ]);
    });
  const handlebars = Handlebars.create();
  // Strict mode does not look into a helper's arguments: a list that is missing would be an empty one.
  handlebars.registerHelper('need', (list: unknown) => {
    if (!Array.isArray(list)) throw new Error('unfilled digest: a list is missing');
    return list as unknown[];
  });
  const options = { strict: true, knownHelpers: { need: true }, knownHelpersOnly: true };
  const html = handlebars.compile<DigestView>(await read('digest.html'), options);
  const text = handlebars.compile<DigestView>(await read('digest.txt'), { ...options, noEscape: true });
  return (view) => {
    whole(view);
    const filled = { html: html(view), text: wrap(text(view)) };
    const bytes = Buffer.byteLength(filled.html);
    if (bytes > MAX_HTML_BYTES) throw new Error(`digest too large: ${bytes} bytes of HTML, at most ${MAX_HTML_BYTES}`);
    return filled;
  };
}

/** Lines of at most 76 characters, broken at spaces; an address is never broken. At most one empty line in a row. */
function wrap(text: string): string {
  const lines = text.split('\n').flatMap((line) => wrapLine(line.trimEnd()));
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

function wrapLine(line: string): string[] {
  const indent = /^(- | *)/.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let current = '';
  for (const word of line.slice(indent.length).split(' ')) {
    if (current !== '' && indent.length + current.length + 1 + word.length > LINE) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, current].map((each, at) => `${at === 0 ? indent : ' '.repeat(indent.length)}${each}`);
}
