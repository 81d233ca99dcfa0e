import { sha256 as hashOf, shortHash } from '../../../generator/lib/bytes.ts';
import type { SiteFile } from '../../../generator/publish/manifest.ts';

/** A site of which there is a manifest and nothing else: nobody reads a page of it. */
export const ORG = 'org_1';
export const CALLS = Number(process.env.CCI_CALLS ?? 1_000_000);
/** Files that are no pages of calls, as those of 200 agents over a year. */
export const OTHERS = 1_500;
/** Of the last day, and other files that change with it. */
export const CHANGED_CALLS = 115;
export const CHANGED_OTHERS = 60;
/** Of the state, which the manifest names too: days, and ranges of 1,500 calls, each with notes of its own. */
export const STATE_BLOBS = 365 + 2 * Math.ceil(CALLS / 1_500);
export const KEPT_BUILDS = 7;

/** Ids as the pipeline gives them. */
export function callPathOf(call: number): string {
  const hex = hashOf(`id ${call}`);
  return `/calls/${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')}/`;
}

export const otherPathOf = (file: number): string =>
  file === 0 ? '/404.html' : `/data/order/2026-${String(file).padStart(4, '0')}.json`;

export function fileOf(path: string, version: number): SiteFile {
  const sha256 = hashOf(`${path} ${version}`);
  const size = 25_000 + (Number.parseInt(sha256.slice(0, 4), 16) % 10_000);
  return {
    blob: `blobs/${sha256}-${hashOf(path).slice(0, 12)}.br.${version}`,
    sha256,
    size,
    type: path.endsWith('/') ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
    encoding: 'br',
    stored: Math.round(size / 5.5),
    input: shortHash(`input ${path} ${version}`),
  };
}

/** Blobs of a state, of which a build writes a few anew. */
export const stateOf = (): { [blob: string]: number } =>
  Object.fromEntries(Array.from({ length: STATE_BLOBS }, (_, i) => [`blobs/${hashOf(`state ${i}`)}.1`, 20_000 + i]));
