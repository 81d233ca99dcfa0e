import { sha256 } from '../../../../generator/lib/bytes.ts';
import { readPointer } from '../../../../generator/publish/read.ts';
import type { Store } from '../../../../generator/store/store.ts';
import { random } from '../../../../scripts/demo/data/random.ts';
import { type PublishedFiles, publishSite } from '../gate.ts';

/** Whose files are asked for: an organization's, or those of nobody, which look just like them. */
export interface Place {
  id: string;
  name: string;
  /** Stands in every path that only this place has. Cannot be guessed. */
  token: string;
  /** A build, a hash and a blob of its own. */
  build: string;
  hashOf(path: string): string;
  blobOf(path: string): string;
}

export interface Organization extends Place {
  manifest: PublishedFiles;
  /** What no answer to anybody else may hold, as text and as compressed bytes read as Latin-1. */
  needles: string[];
}

/** Paths that every site has. */
export const COMMON = ['/', '/404.html', '/data/overview.json', '/search/root.json', '/brand.css', '/logo.png'];

/** Paths that only the place with this token has. */
export const pathsOf = ({ token }: { token: string }): string[] => [
  `/calls/${token}/`,
  `/agents/${token}@agents.example/`,
  `/data/calls/${token}.json`,
  `/export/${token}.csv`,
  `/rules/${token}/`,
  `/search/${token}/0`,
  `/search/${token}/c0.json`,
];

/** Where the recording of its call would be asked for. */
export const soundPathsOf = ({ token }: { token: string }): string[] => [
  `/calls/${token}/audio.json`,
  `/calls/${token}/audio`,
];

/** Publish a site whose every file holds a mark of its organization. */
export async function publishOrganization(
  store: Store,
  input: Store,
  { id, name, seed }: { id: string; name: string; seed: string },
): Promise<Organization> {
  const chance = random(seed, id);
  const [token, mark] = [chance.hex(14), `MARK${chance.hex(28)}`];
  const filler = Array.from({ length: chance.int(60, 90) }, () => chance.hex(12)).join(' ');
  const paths = [...COMMON, ...pathsOf({ token })];
  const files = Object.fromEntries(paths.map((path) => [path, `${mark} ${path} of ${name} ${filler} ${mark}`]));
  const manifest = await publishSite(store, id, files, 1, { [`/calls/${token}/`]: token });
  await input.put(`${id}/audio/${token}.mp3`, `${mark} of ${name}`);
  const pointer = (await readPointer(store, id))?.pointer;
  const build = String(pointer?.manifest.replace(/^builds\/|\.json$/g, ''));
  // A ticket for a recording is as good as its bytes.
  const needles = [mark, '?t=mp3-', build, ...Object.values(manifest.files).map((file) => file.sha256)];
  for (const { blob } of Object.values(manifest.files)) {
    const body = (await store.get(`${id}/${blob}`))?.body ?? new Uint8Array();
    const middle = body.byteLength >> 1;
    needles.push(Buffer.from(body.subarray(middle, middle + 24)).toString('latin1'));
  }
  const fileAt = (path: string) => manifest.files[path];
  return {
    id,
    name,
    token,
    build,
    manifest,
    needles,
    hashOf: (path) => fileAt(path)?.sha256 ?? sha256(path),
    blobOf: (path) => fileAt(path)?.blob ?? 'blobs/none',
  };
}

/** Somebody who does not exist, with names as long as the organization's: its files are "not there", and not "not yours". */
export function nobodyLike({ id, build, token }: Place): Place {
  const chance = random('nobody', id);
  const hashOf = (path: string) => sha256(`nobody ${path}`);
  return {
    id: `org_${'9'.repeat(id.length - 4)}`,
    name: 'Nobody',
    token: chance.hex(token.length),
    build: `1-${chance.hex(build.length - 2)}`,
    hashOf,
    blobOf: (path) => `blobs/${hashOf(path)}.1`,
  };
}
