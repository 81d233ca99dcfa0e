import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mjml from 'mjml';

const SOURCE = fileURLToPath(new URL('./digest.mjml', import.meta.url));
const TEXT = fileURLToPath(new URL('./digest.txt', import.meta.url));

/**
 * Colours that stand in MJML for the tenant's own: they are valid where MJML and the CSS minifier want a colour, and
 * become tokens after the compile.
 */
const TENANT_COLOURS = {
  '#a1b2c1': '{{accent.light}}',
  '#a1b2c2': '{{accent.onLight}}',
  '#a1b2c3': '{{accent.dark}}',
  '#a1b2c4': '{{accent.onDark}}',
};

/**
 * Make the digest's templates: MJML becomes HTML that Handlebars fills, the text is copied.
 * @param outDir folder that gets `digest.html` and `digest.txt`
 * @throws where MJML finds anything wrong
 */
export async function compileTemplates(outDir: string): Promise<void> {
  const { html } = await mjml(readFileSync(SOURCE, 'utf8'), {
    filePath: SOURCE,
    ignoreIncludes: false,
    validationLevel: 'strict',
    fonts: {},
    minify: true,
    minifyOptions: { minifyCss: false },
  });
  if (html.includes('mj-include')) throw new Error('digest.mjml: an include was not found or not allowed');
  mkdirSync(outDir, { recursive: true });
  writeFileSync(join(outDir, 'digest.html'), withTokens(unhidden(tight(html))));
  copyFileSync(TEXT, join(outDir, 'digest.txt'));
}

/** White text on white and letters of one pixel are what spam filters look for; the preheader is hidden without them. */
const unhidden = (html: string): string =>
  html.replace('color:#ffffff;', '').replace('font-size:1px;', 'font-size:2px;');

/** Styles without comments, line breaks and the spaces that only people want: every mail carries them. */
const tight = (html: string): string =>
  withTightSheets(html).replace(/ style="([^"]*)"/g, (_all, css: string) => {
    return ` style="${css.replace(/([:;])\s+/g, '$1').replace(/;$/, '')}"`;
  });

const withTightSheets = (html: string): string =>
  html.replace(/(<style[^<>]*>)([^<]*)<\/style>/g, (_all, tag: string, css: string) => {
    return (
      tag +
      css
        .replace(/\/\*.*?(?:\*\/|$)/gs, '')
        .replace(/\s+/g, ' ')
        .trim() +
      '</style>'
    );
  });

function withTokens(html: string): string {
  let text = html;
  for (const [colour, token] of Object.entries(TENANT_COLOURS)) {
    if (!text.includes(colour)) throw new Error(`digest.mjml: the colour of ${token} is missing`);
    text = text.replaceAll(colour, token);
  }
  return text;
}
