import type { SiteFile } from '../../../generator/publish/manifest.ts';

/** What is needed to serve a file. */
export type ServedFile = Omit<SiteFile, 'input'>;

/** Files by their exact path: those of one part of a manifest, or all of an older version's. */
export interface FileIndex {
  get(path: string): ServedFile | undefined;
  /** What it takes of memory, about. */
  bytes: number;
}

/** What an entry takes beside its two texts. */
const ENTRY_BYTES = 100;

/** @param files path → file */
export function fileIndex(files: Iterable<[path: string, file: SiteFile]>): FileIndex {
  const types: string[] = [];
  // One short text a file takes a third of what its object would. A Map, since a path may have any name.
  const packed = new Map<string, string>();
  let bytes = 0;
  for (const [path, file] of files) {
    if (!types.includes(file.type)) types.push(file.type);
    // The blob is named by the hash of its plain bytes.
    const blob = file.blob.replace(file.sha256, '*');
    const facts = [file.sha256, blob, file.size, file.stored, types.indexOf(file.type), file.encoding ?? ''];
    // Last, since an id may have spaces. Most calls' pages are named by it.
    const recording = file.recording === undefined ? [] : [path === `/calls/${file.recording}/` ? '' : file.recording];
    const text = [...facts, ...recording].join(' ');
    packed.set(path, text);
    bytes += path.length + text.length + ENTRY_BYTES;
  }
  return {
    bytes,
    get(path) {
      const text = packed.get(path);
      if (text === undefined) return undefined;
      const [sha256 = '', blob = '', size, stored, type, encoding, ...recording] = text.split(' ');
      return {
        blob: blob.replace('*', sha256),
        sha256,
        size: Number(size),
        stored: Number(stored),
        type: types[Number(type)] ?? 'application/octet-stream',
        ...(encoding === 'br' && { encoding }),
        ...(recording.length > 0 && { recording: recording.join(' ') || path.split('/')[2] }),
      };
    },
  };
}
