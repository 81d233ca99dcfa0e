import type { SiteFile } from '../../../generator/publish/manifest.ts';

/** What is needed to serve a file. */
export type ServedFile = Omit<SiteFile, 'input'>;

/** The files of one build by their exact path. */
export interface FileIndex {
  get(path: string): ServedFile | undefined;
  /** Files. */
  size: number;
}

/** An index as it goes from one thread to another. */
export interface PackedFiles {
  types: string[];
  /** Path and one short string a file: a third of the memory that its object would take. */
  lines: [path: string, text: string][];
}

export function packFiles(files: { [path: string]: SiteFile }): PackedFiles {
  const types: string[] = [];
  const lines = Object.entries(files).map(([path, file]): [string, string] => {
    if (!types.includes(file.type)) types.push(file.type);
    // The blob is named by the hash of its plain bytes.
    const blob = file.blob.replace(file.sha256, '*');
    const parts = [file.sha256, blob, file.size, file.stored, types.indexOf(file.type), file.encoding ?? ''];
    return [path, parts.join(' ')];
  });
  return { types, lines };
}

export const fileIndex = (files: { [path: string]: SiteFile }): FileIndex => {
  const { types, lines } = packFiles(files);
  return indexOf(types, new Map(lines));
};

/** @param packed a Map, since a path may have any name */
export function indexOf(types: readonly string[], packed: ReadonlyMap<string, string>): FileIndex {
  return {
    size: packed.size,
    get(path) {
      const text = packed.get(path);
      if (text === undefined) return undefined;
      const [sha256 = '', blob = '', size, stored, type, encoding] = text.split(' ');
      return {
        blob: blob.replace('*', sha256),
        sha256,
        size: Number(size),
        stored: Number(stored),
        type: types[Number(type)] ?? 'application/octet-stream',
        ...(encoding === 'br' && { encoding }),
      };
    },
  };
}
