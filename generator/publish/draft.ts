import type { Spool } from '../lib/spool.ts';
import type { Blobs, Packed } from './blobs.ts';
import type { SiteFile } from './manifest.ts';
import { openChanges } from './tree/changes.ts';
import type { PartLists } from './tree/root.ts';
import type { Tree } from './tree/tree.ts';
import { writeParts } from './tree/write.ts';

/**
 * The files of a site that is being made, over those of the build before. Calls' pages are as that had them unless they are put or
 * removed here; of all other files there are those that are put or kept here.
 */
export interface Draft {
  /** The file as the build before had it, where it may be used again. @throws {Damaged} where what tells it is damaged */
  published(path: string): Promise<SiteFile | undefined>;
  /** Take a file as it was published. @returns what to wait for before anything else is said, where there is anything to wait for */
  keep(path: string, file: SiteFile): Promise<void> | undefined;
  /**
   * Store a file's bytes, where the build before has not the same at that path.
   * @param input short hash of everything it was made from
   * @param recording see `SiteFile`
   */
  put(path: string, packed: Packed, input: string, recording?: string): Promise<void>;
  /** A call's page is no more, unless it is put or kept. @returns as `keep` */
  remove(path: string): Promise<void> | undefined;
  /** Write the parts of its manifest that are other ones now. */
  write(): Promise<PartLists>;
}

/**
 * @param before files that may be used again; undefined: everything is made anew
 * @param lost paths of which that does not hold
 * @param spool where what is said of files waits until all is said
 */
export function openDraft(before: Tree | undefined, lost: ReadonlySet<string>, blobs: Blobs, spool: Spool): Draft {
  const changes = openChanges(spool, lost);
  const published: Draft['published'] = async (path) => (lost.has(path) ? undefined : before?.get(path));
  return {
    published,
    keep: (path, file) => changes.say(path, file),
    async put(path, packed, input, recording) {
      const same = await published(path);
      const isSame = same?.sha256 === packed.sha256 && same.type === packed.type;
      const { recording: _, ...file } = isSame ? { ...same, input } : await blobs.putFile(path, packed, input);
      await changes.say(path, { ...file, ...(recording !== undefined && { recording }) });
    },
    remove: (path) => changes.say(path, undefined),
    write: () => writeParts(before, changes, blobs),
  };
}
