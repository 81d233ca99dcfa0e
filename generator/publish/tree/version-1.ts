import type { Manifest, SiteFile, SiteFiles } from '../manifest.ts';
import { isCallPage } from '../site-path.ts';

/** A manifest as older versions stored it: all files in one object. The next build replaces it. */
export type ManifestVersion1 = Omit<Manifest, 'files'> & { version: 1; files: { [path: string]: SiteFile } };

/** Its files are held. */
export const openVersion1 = ({ version: _, files, ...rest }: ManifestVersion1): Manifest => ({
  ...rest,
  files: filesOf(new Map(Object.entries(files))),
});

const filesOf = (files: ReadonlyMap<string, SiteFile>): SiteFiles => ({
  count: files.size,
  calls: [...files.keys()].filter(isCallPage).length,
  get: async (path) => files.get(path),
  *parts() {
    yield { load: async () => files };
  },
  async *[Symbol.asyncIterator]() {
    yield* files;
  },
});
