import { decodeText, encodeText } from '../../lib/bytes.ts';
import { Damaged } from '../../lib/errors.ts';
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

/** As the gate sends them with every answer; nothing is stored by a browser, as the next build may be a second away. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'cache-control': 'no-store',
};

/** For all but pages: opened by itself, a file can do nothing. */
const CLOSED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

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
      return { status: 303, headers: { ...HEADERS, location: `${path}/` }, body: encodeText('') };
    const shown = file ?? (await manifest.files.get(NOT_FOUND));
    if (!shown) return words(404, 'Not found.');
    const bytes = await readSiteFile(reports, org, shown, path);
    const isPage = shown.type.startsWith('text/html');
    return {
      status: file ? 200 : 404,
      headers: { ...HEADERS, 'content-type': shown.type, 'content-security-policy': isPage ? manifest.csp : CLOSED },
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
    headers: { ...HEADERS, 'content-type': type, 'content-security-policy': CLOSED },
    body: object.body,
  };
}

/** Before the first build has ended: comes again by itself. */
const waiting = (): PreviewAnswer => ({
  status: 503,
  headers: {
    ...HEADERS,
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
  headers: { ...HEADERS, 'content-type': 'text/plain; charset=utf-8', 'content-security-policy': CLOSED },
  body: encodeText(`${sentence}\n`),
});

/** The page, and the script that loads it again. */
const reloading = (html: string): string =>
  html.replace(/<\/body>|$/i, (end) => `<script type="module" src="${RELOAD_PATH}"></script>${end}`);
