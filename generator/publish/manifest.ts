/**
 * What a published build is, as it lies in the reports store:
 *
 *     <org>/pointer.json                        which build is current; the one object that is ever overwritten
 *     <org>/builds/<generation>-<hash>.json     its manifest: site path → blob
 *     <org>/builds/<generation>-cci-probe-<uuid>  for a moment, before the pointer is switched: see guard.ts
 *     <org>/blobs/<sha256>[.br].<generation>    pages, data and state, stored once by whoever wrote them first
 *     assets/<name>                             scripts, styles and fonts of the template; no tenant data
 *
 * The generation in a blob's name is that of the run which wrote it. A run publishes only over the pointer it started from,
 * so clean-up may remove what no kept build names and what bears a generation that is past: no run that can still win needs it.
 */

/** One file of a site. */
export interface SiteFile {
  /** Key inside the organization. */
  blob: string; // e.g., "blobs/3fe1….br.7"
  /** Of the plain bytes. */
  sha256: string;
  /** Plain bytes. */
  size: number;
  /** Content-Type. */
  type: string; // e.g., "text/html; charset=utf-8"
  /** How the blob is stored; absent: plain. */
  encoding?: 'br';
  /** Bytes of the blob. */
  stored: number;
  /** Hash of everything the file was made from. */
  input: string;
}

export interface Manifest {
  version: 1;
  organization: string;
  /** Content-Security-Policy of its pages; belongs to the template. */
  csp: string;
  /** Site path → file. "/404.html" answers where nothing is found. */
  files: { [path: string]: SiteFile }; // e.g., { "/agents/": {…}, "/data/overview.json": {…} }
}

/** One build that can still be read. */
export interface Build {
  generation: number;
  /** Key inside the organization. */
  manifest: string; // e.g., "builds/7-3fe1c0….json"
  /** Of the manifest's bytes. */
  sha256: string;
}

export interface Pointer extends Build {
  version: 1;
  organization: string;
  /** ISO 8601. */
  publishedAt: string;
  /** Makes every pointer unique, so that an ETag never comes back with other content between (ABA). */
  nonce: string;
  /** Blob of the state that this build was made from, and its SHA-256. */
  state: { blob: string; sha256: string };
  /** Older builds that may still be read, newest first. */
  kept: Build[];
}

/** Key of the pointer inside the organization. */
export const POINTER = 'pointer.json';
