import { must } from '../lib/check.ts';
import { builtInFolder, ranInFolders } from './in-folders.ts';
import { type Side, writtenBy } from './side.ts';
import { type Story, type Told, tellStory } from './story.ts';

/** SHA-256 of files, by their paths. */
type Files = Map<string, string>;

/** What one side has said and written. */
interface Left {
  told: Told[];
  bucket: Files;
  folders: Files;
  pipeline: Files;
}

/** All that is tried on one side. @param input folder with what builds read */
export async function leftBy(side: Side, story: Story, input: string): Promise<Left> {
  const told = await tellStory(side, story);
  const bucket = writtenBy(side);
  return {
    told,
    bucket,
    folders: await builtInFolder(side, input),
    pipeline: await ranInFolders(side, story.recordings),
  };
}

/** @returns how much of each was compared @throws where a side differs from the one that is wanted */
export function sameSide(name: string, left: Left | undefined, wanted: Left | undefined) {
  if (!left || !wanted) throw new Error(`${name} was not tried`);
  sameStory(name, left.told, wanted.told);
  return {
    told: wanted.told.length,
    bucket: sameFiles(name, left.bucket, wanted.bucket),
    folders: sameFiles(name, left.folders, wanted.folders),
    pipeline: sameFiles(name, left.pipeline, wanted.pipeline),
  };
}

function sameStory(name: string, told: readonly Told[], wanted: readonly Told[]): void {
  told.forEach((each, at) => {
    const other = wanted[at] as Told;
    must(
      each.status === other.status && each.said === other.said,
      `${name}, ${each.command}: ended with ${each.status}, and in the checkout with ${other.status}\n${each.said}\n── in the checkout:\n${other.said}`,
    );
  });
}

/** @returns how many there are @throws where they differ, or there is none */
export function sameFiles(name: string, written: Files = new Map(), wanted: Files = new Map()): number {
  const paths = new Set([...written.keys(), ...wanted.keys()]);
  const other = [...paths].filter((path) => written.get(path) !== wanted.get(path));
  must(other.length === 0, `${name}: ${other.length} of ${paths.size} files differ: ${other.slice(0, 10).join(', ')}`);
  must(paths.size > 0, `${name} has written nothing`);
  return paths.size;
}
