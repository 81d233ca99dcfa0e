import type { SiteFile } from '../../generator/publish/manifest.ts';

/** What is needed to serve a file. */
export type ServedFile = Omit<SiteFile, 'input'>;

/** The files of one build by their exact path. */
export interface FileIndex {
  get(path: string): ServedFile | undefined;
  /** Files. */
  size: number;
}

/**
 * One short string a file: a third of the memory that its object would take. A Map, since a path may have any name.
 */
export function fileIndex(files: { [path: string]: SiteFile }): FileIndex {
  const types: string[] = [];
  const packed = new Map<string, string>();
  for (const [path, file] of Object.entries(files)) {
    if (!types.includes(file.type)) types.push(file.type);
    // The blob is named by the hash of its plain bytes.
    const blob = file.blob.replace(file.sha256, '*');
    packed.set(
      path,
      [file.sha256, blob, file.size, file.stored, types.indexOf(file.type), file.encoding ?? ''].join(' '),
    );
  }
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
