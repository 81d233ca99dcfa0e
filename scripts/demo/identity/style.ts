import { readFile } from 'node:fs/promises';

const at = (path: string): Promise<Buffer> => readFile(new URL(path, import.meta.url));

const SHEETS = [
  '../../../site/styles/tokens.css',
  '../../../site/styles/base.css',
  '../../../site/gate/styles/gate-page.css',
  './identity.css',
];

const FONT = '../../../node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2';

/** The reports' own style sheets, joined: this program has no bundle. */
export async function readStyle(): Promise<{ css: Buffer; font: Buffer }> {
  const [font, ...sheets] = await Promise.all([FONT, ...SHEETS].map(at));
  return { css: Buffer.concat(sheets), font: font as Buffer };
}
