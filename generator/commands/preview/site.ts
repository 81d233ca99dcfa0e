import { decodeText, encodeText } from '../../lib/bytes.ts';
import { Damaged } from '../../lib/errors.ts';
import { FILE_CSP, SITE_HEADERS } from '../../publish/headers.ts';
import type { Manifest } from '../../publish/manifest.ts';
import { readManifest, readPointer, readSiteFile } from '../../publish/read.ts';
import { isSegment } from '../../publish/site-path.ts';
import { ungated } from '../../publish/ungated.ts';
import type { Store } from '../../store/store.ts';
import { RELOAD_PATH } from './reload.ts';

/** One answer of the preview. */
export interface PreviewAnswer {
  status: number;
  headers: { [name: string]: string };
  body: Uint8Array;
}

/** Gives the answer to a path; nothing of another organization can be asked for. */
export type PreviewSite = (path: string) => Promise<PreviewAnswer>;

/** What tells where a style, a script or a font comes from by its ending. */
const TYPES: { [ending: string]: string } = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
  png: 'image/png',
};

const NOT_FOUND = '/404.html';
const ASSETS = '/assets/';

/** The current site of one organization in a store, as its next build may replace it at any moment. */
export function previewSite(reports: Store, org: string): PreviewSite {
  let known: { nonce: string; manifest: Manifest } | undefined;
  const current = async (): Promise<Manifest | undefined> => {
    const read = await readPointer(reports, org);
    if (!read) return undefined;
    const { nonce } = read.pointer;
    if (known?.nonce !== nonce) known = { nonce, manifest: await readManifest(reports, org, read.pointer) };
    return known.manifest;
  };
  const answer = async (path: string): Promise<PreviewAnswer> => {
    if (path.startsWith(ASSETS)) return asset(reports, path.slice(ASSETS.length));
    const manifest = await current();
    if (!manifest) return waiting();
    const file = path === NOT_FOUND ? undefined : await manifest.files.get(path);
    if (!file && !path.endsWith('/') && (await manifest.files.get(`${path}/`)))
      return { status: 303, headers: { ...SITE_HEADERS, location: `${path}/` }, body: encodeText('') };
    const shown = file ?? (await manifest.files.get(NOT_FOUND));
    if (!shown) return words(404, 'Not found.');
    const bytes = await readSiteFile(reports, org, shown, path);
    const isPage = shown.type.startsWith('text/html');
    return {
      status: file ? 200 : 404,
      headers: {
        ...SITE_HEADERS,
        'content-type': shown.type,
        'content-security-policy': isPage ? manifest.csp : FILE_CSP,
      },
      body: isPage ? encodeText(reloading(ungated(decodeText(bytes)))) : bytes,
    };
  };
  return async (path) => {
    try {
      return await answer(path);
    } catch (error) {
      if (!(error instanceof Damaged)) throw error;
      // A build may remove what was just looked up: then the pointer is read once more.
      known = undefined;
      return answer(path);
    }
  };
}

async function asset(reports: Store, name: string): Promise<PreviewAnswer> {
  const type = TYPES[name.slice(name.lastIndexOf('.') + 1)];
  const object = type !== undefined && isSegment(name) ? await reports.get(`assets/${name}`) : undefined;
  if (!object || type === undefined) return words(404, 'Not found.');
  return {
    status: 200,
    headers: { ...SITE_HEADERS, 'content-type': type, 'content-security-policy': FILE_CSP },
    body: object.body,
  };
}

/** Before the first build has ended: comes again by itself. */
const waiting = (): PreviewAnswer => ({
  status: 503,
  headers: {
    ...SITE_HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'",
  },
  body: encodeText(
    reloading(
      '<!doctype html><html lang="en"><meta charset="utf-8"><title>Preview</title><body><p>The first build is under way. This page shows the site as soon as it is there.</p></body></html>',
    ),
  ),
});

/** A sentence of our own. */
export const words = (status: number, sentence: string): PreviewAnswer => ({
  status,
  headers: { ...SITE_HEADERS, 'content-type': 'text/plain; charset=utf-8', 'content-security-policy': FILE_CSP },
  body: encodeText(`${sentence}\n`),
});

/** The page, and the script that loads it again. */
const reloading = (html: string): string =>
  html.replace(/<\/body>|$/i, (end) => `<script type="module" src="${RELOAD_PATH}"></script>${end}`);
