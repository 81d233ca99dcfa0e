import type { State } from '../days/state.ts';
import { type Build, blobsOf, POINTER } from '../publish/manifest.ts';
import { readManifest, readPointer } from '../publish/read.ts';
import type { Store } from '../store/store.ts';
import { textAt } from './known.ts';

/** What the published builds of an organization consist of. */
export interface Current {
  generation: number;
  /** Keys of all that the current build and those kept beside it need. */
  needed: Set<string>;
  /** Key of a blob → the path that it is the current page or file of. */
  paths: Map<string, string>;
  /** Keys of the current days. */
  days: Set<string>;
}

/**
 * Undefined where nothing is published.
 * @throws {Damaged} where it cannot be read: then nobody knows what is needed
 */
export async function readCurrent(reports: Store, org: string): Promise<Current | undefined> {
  const current = await readPointer(reports, org);
  if (!current) return undefined;
  const { pointer } = current;
  const days = await dayBlobs(reports, org, pointer.state.blob);
  const needed = new Set([POINTER, pointer.state.blob, ...days]);
  const paths = new Map<string, string>();
  const add = async (build: Build, isCurrent: boolean) => {
    needed.add(build.manifest);
    const manifest = await readManifest(reports, org, build);
    for await (const blob of blobsOf(manifest)) needed.add(blob);
    for await (const [path, { blob }] of manifest.files) {
      if (isCurrent) paths.set(`${org}/${blob}`, path);
    }
  };
  await add(pointer, true);
  for (const kept of pointer.kept) await add(kept, false);
  const whole = (names: Iterable<string>) => new Set([...names].map((name) => `${org}/${name}`));
  return { generation: pointer.generation, needed: whole(needed), paths, days: whole(days) };
}

async function dayBlobs(reports: Store, org: string, state: string): Promise<string[]> {
  const text = await textAt(reports, `${org}/${state}`);
  try {
    return Object.values((JSON.parse(text ?? '') as State).days).map(({ blob }) => blob);
  } catch {
    return [];
  }
}
