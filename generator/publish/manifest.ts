/**
 * What a published build is, as it lies in the reports store:
 *
 *     <org>/pointer.json                        which build is current; the one object that is ever overwritten
 *     <org>/builds/<generation>-<hash>.json     its manifest: site path → blob
 *     <org>/builds/<generation>-cci-probe-<uuid>  for a moment, before the first blob is written: see guard.ts
 *     <org>/blobs/<sha256>[.br].<generation>    pages, data and state, stored once by whoever wrote them first
 *     <org>/sent-days.json                      days that digests have been sent about: see digest/ledger/sent-days.ts
 *     assets/<name>                             scripts, styles and fonts of the template; no tenant data
 *     assets/sha256/<sha256>/<name>             empty: its key says which bytes that asset has; see assets.ts
 *
 * The generation in a name is that of the run which wrote the object: above everything that lay in the store when it began. The
 * pointer's is above everything that lay there when it was written. A run publishes only over the pointer it started from, so
 * whatever no kept build names and bears a generation up to the pointer's can be removed: no run that can still win needs it.
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
  /** Blobs of the state, its days among them: key inside the organization → bytes. Absent where an older version built it. */
  state?: { [blob: string]: number };
  /** By manifest of a build that was kept when this one was published: what it needs that no later build names. */
  older?: { [manifest: string]: string[] };
}

/** Where a state lies: key inside the organization, and the SHA-256 of the blob's bytes. */
export interface StateAt {
  blob: string;
  sha256: string;
}

/** One build that can still be read. */
export interface Build {
  generation: number;
  /** Key inside the organization. */
  manifest: string; // e.g., "builds/7-3fe1c0….json"
  /** Of the manifest's bytes. */
  sha256: string;
  /** When it was published; ISO 8601. Absent, as what follows, where an older version kept it. */
  publishedAt?: string;
  /** Calls that its site shows. */
  calls?: number;
  /** What it was made from. Without it a build can be read, but not made current again. */
  state?: StateAt;
}

export interface Pointer extends Build {
  version: 1;
  organization: string;
  publishedAt: string;
  /** Makes every pointer unique, so that an ETag never comes back with other content between (ABA). */
  nonce: string;
  state: StateAt;
  /** Older builds that may still be read, those last that are given up first. */
  kept: Build[];
}

/** The generation in the key of a manifest or a blob: "builds/7-3fe1c0….json" or "blobs/3fe1….br.7"; undefined in any other key. */
export function generationIn(key: string): number | undefined {
  const digits = /^builds\/(\d{1,15})-/.exec(key)?.[1] ?? /^blobs\/.*\.(\d{1,15})$/.exec(key)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Whether a key inside the organization is that of a manifest. */
export const isManifest = (key: string): boolean => /^builds\/\d{1,15}-[0-9a-f]+\.json$/.test(key);

/** What people call a build by: the generation of the run that made it, whatever has been done with the pointer since. */
export const numberOf = ({ manifest, generation }: Build): number => generationIn(manifest) ?? generation;

/** Every blob that a build needs. Keys inside the organization. */
export function* blobsOf({ files, state = {} }: Manifest): Generator<string> {
  for (const { blob } of Object.values(files)) yield blob;
  yield* Object.keys(state);
}

/** Key of the pointer inside the organization. */
export const POINTER = 'pointer.json';
