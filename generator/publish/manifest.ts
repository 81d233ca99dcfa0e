/**
 * What a published build is, as it lies in the reports store:
 *
 *     <org>/pointer.json                        which build is current; the one object that is ever overwritten
 *     <org>/builds/<generation>-<hash>.json     its manifest: where the parts of it lie that tell the blob of each site path
 *     <org>/builds/<generation>-cci-probe-<uuid>  for a moment, before the first blob is written: see guard.ts
 *     <org>/blobs/<sha256>-<path>[.br].<generation>  pages and data of one site path, of whose hash <path> is the beginning
 *     <org>/blobs/<sha256>.<generation>         state and parts of manifests
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
  /** Short hash of everything the file was made from. */
  input: string;
  /** Of a call's page that may play its recording: the call's true id, by which the recording is found. */
  recording?: string;
}

/** Files of a site whose parts are their own: pages of calls, and all others. */
export type Family = 'calls' | 'site';

/** Where a part of a manifest lies. */
export interface PartAt {
  /** Key inside the organization; it has the hash of the blob's bytes. */
  blob: string; // e.g., "blobs/3fe1….7"
  /** Bytes as stored. */
  size: number;
  /** Files in it. */
  files: number;
  /** Of the blobs of its files: see tree/sums.ts. */
  sum: number;
}

/** A part of a manifest: some of the files, in a blob of their own. */
export interface Part {
  /** Absent where an older version built it: then all files are in one part, which lies nowhere else. */
  at?: PartAt;
  place?: { family: Family; index: number };
  /** @throws {Damaged} where it is gone or damaged */
  load(): Promise<ReadonlyMap<string, SiteFile>>;
}

/** The files of a build by their exact path, e.g., "/agents/". "/404.html" answers where nothing is found. */
export interface SiteFiles {
  /** How many there are, and how many of them are pages of calls. */
  readonly count: number;
  readonly calls: number;
  /** @throws {Damaged} where what tells it is gone or damaged */
  get(path: string): Promise<SiteFile | undefined>;
  /** Those that have files. */
  parts(): Iterable<Part>;
  /** All of them; few are held at a time. @throws as `get` */
  [Symbol.asyncIterator](): AsyncIterator<[path: string, file: SiteFile]>;
}

/** What a build is made of. */
export interface Manifest {
  organization: string;
  /** Content-Security-Policy of its pages; belongs to the template. */
  csp: string;
  files: SiteFiles;
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

/** Whether a key inside the organization is that of a blob as runs name them. */
export const isBlob = (key: string): boolean => key.startsWith('blobs/') && generationIn(key) !== undefined;

/** Whether a key inside the organization is that of a manifest. */
export const isManifest = (key: string): boolean => /^builds\/\d{1,15}-[0-9a-f]+\.json$/.test(key);

/** What people call a build by: the generation of the run that made it, whatever has been done with the pointer since. */
export const numberOf = ({ manifest, generation }: Build): number => generationIn(manifest) ?? generation;

/** Every blob that a build needs. Keys inside the organization. */
export async function* blobsOf({ files, state = {} }: Manifest): AsyncGenerator<string> {
  for (const { at } of files.parts()) if (at) yield at.blob;
  for await (const [, { blob }] of files) yield blob;
  yield* Object.keys(state);
}

/** Key of the pointer inside the organization. */
export const POINTER = 'pointer.json';
