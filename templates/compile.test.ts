import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileTemplates } from './compile.ts';

const SOURCES = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mail-'));
let html: string;

beforeAll(async () => {
  await compileTemplates(folder);
  html = readFileSync(join(folder, 'digest.html'), 'utf8');
});

describe('the templates of the digest', () => {
  it('never switch escaping off', () => {
    const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(mjml|txt|css)$/.test(name),
    );
    expect(files).toContain('digest.txt');
    for (const name of files)
      expect(readFileSync(join(SOURCES, name), 'utf8'), name).not.toMatch(/\{\{\{|\{\{&|SafeString/);
    expect(html).not.toMatch(/\{\{\{|\{\{&/);
  });

  it('compile strictly, to the same bytes each time', async () => {
    const again = mkdtempSync(join(tmpdir(), 'mail-'));
    await compileTemplates(again);
    for (const name of ['digest.html', 'digest.txt'])
      expect(readFileSync(join(again, name)).equals(readFileSync(join(folder, name)))).toBe(true);
  });

  it('load nothing from anywhere', () => {
    const addresses = html.match(/https?:\/\/[^"' )]+/g) ?? [];
    expect([...new Set(addresses)]).toEqual(['http://www.w3.org/1999/xhtml']);
    expect(html).not.toMatch(/<(link|script|iframe|form|svg)\b|url\(|@import/i);
  });

  it('show no image but the mail’s own', () => {
    expect([...html.matchAll(/src="([^"]*)"/g)].map(([, source]) => source)).toEqual(['cid:{{trend.cid}}']);
  });

  it('link only where the view says', () => {
    const targets = [...html.matchAll(/href="([^"]*)"/g)].map(([, target]) => target);
    expect(new Set(targets)).toEqual(
      new Set(['{{href}}', '{{open}}', '{{pastHref}}', '{{comparedHref}}', '{{mostByHref}}', '{{stop}}']),
    );
  });

  it('hold the tenant’s colours as tokens, and no stand-in', () => {
    for (const token of ['light', 'onLight', 'dark', 'onDark']) expect(html).toContain(`{{accent.${token}}}`);
    expect(html.toLowerCase()).not.toContain('#a1b2c');
  });

  it('hide no white text, and have no include left', () => {
    expect(html).not.toMatch(/font-size:\s*[01](?:\.\d+)?px[^>]*>\w/);
    expect(html).not.toMatch(/[^-]color:\s*#fff(fff)?[;"]/i);
    expect(html).not.toMatch(/<mj-|mj-include/);
  });
});
