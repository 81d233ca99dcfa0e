import { NAME_BYTES, nameAt, packName, scatter } from './blob-name.ts';

/** What is known of names inside an organization, by name. */
export interface Names<V> {
  readonly size: number;
  has(name: string): boolean;
  get(name: string): V | undefined;
  /** In the order in which they came, but for `others`, which come last. */
  keys(): IterableIterator<string>;
  /** Names that are no blobs' as runs give them: few of each organization. */
  others(): IterableIterator<string>;
  [Symbol.iterator](): IterableIterator<[name: string, value: V]>;
}

/** The same as a Map does it, in an eighth of the memory: a large site has millions of blobs. What has come in stays. */
export interface NameMap<V> extends Names<V> {
  set(name: string, value: V): void;
}

/** How what is known of a blob is written beside its name. */
export interface Fields<V> {
  /** Bytes. */
  width: number;
  write(value: V, into: Buffer, at: number): void;
  read(from: Buffer, at: number): V;
}

/** Rows that are made at once: none is ever copied into a longer list. */
const BLOCK_BITS = 10;
const LAST_OF_BLOCK = 2 ** BLOCK_BITS - 1;

export function nameMap<V>({ width, write, read }: Fields<V>): NameMap<V> {
  const rowBytes = NAME_BYTES + width;
  const blocks: Buffer[] = [];
  const others = new Map<string, V>();
  const sought = Buffer.alloc(NAME_BYTES);
  let rows = 0;
  /** Number of a row and one more, at the place that its name asks for or the next free one; 0: free. A third of them is. */
  let places = new Uint32Array(64);

  const blockOf = (row: number) => blocks[row >>> BLOCK_BITS] as Buffer;
  const startOf = (row: number) => (row & LAST_OF_BLOCK) * rowBytes;

  /** Where the number of a row stands whose name begins there, or else where it would. */
  function placeOf(name: Buffer, at: number): number {
    const last = places.length - 1;
    let place = scatter(name, at) & last;
    for (; ; place = (place + 1) & last) {
      const row = (places[place] ?? 0) - 1;
      if (row < 0) return place;
      const start = startOf(row);
      if (name.compare(blockOf(row), start, start + NAME_BYTES, at, at + NAME_BYTES) === 0) return place;
    }
  }

  function grow(): void {
    places = new Uint32Array(2 * places.length);
    for (let row = 0; row < rows; row++) places[placeOf(blockOf(row), startOf(row))] = row + 1;
  }

  /** Undefined where the name is none of a blob, or not there. */
  function rowOf(name: string): number | undefined {
    if (!packName(name, sought)) return undefined;
    const row = (places[placeOf(sought, 0)] ?? 0) - 1;
    return row < 0 ? undefined : row;
  }

  const held = (row: number): V => read(blockOf(row), startOf(row) + NAME_BYTES);
  const names: NameMap<V> = {
    get size() {
      return rows + others.size;
    },
    has: (name) => rowOf(name) !== undefined || others.has(name),
    get(name) {
      const row = rowOf(name);
      return row === undefined ? others.get(name) : held(row);
    },
    set(name, value) {
      if (!packName(name, sought)) {
        others.set(name, value);
        return;
      }
      const place = placeOf(sought, 0);
      const row = (places[place] ?? 0) - 1;
      if (row >= 0) {
        write(value, blockOf(row), startOf(row) + NAME_BYTES);
        return;
      }
      if (rows % 2 ** BLOCK_BITS === 0) blocks.push(Buffer.alloc(rowBytes * 2 ** BLOCK_BITS));
      sought.copy(blockOf(rows), startOf(rows));
      write(value, blockOf(rows), startOf(rows) + NAME_BYTES);
      places[place] = ++rows;
      if (3 * rows > 2 * places.length) grow();
    },
    *keys() {
      for (let row = 0; row < rows; row++) yield nameAt(blockOf(row), startOf(row));
      yield* others.keys();
    },
    others: () => others.keys(),
    *[Symbol.iterator]() {
      for (let row = 0; row < rows; row++) yield [nameAt(blockOf(row), startOf(row)), held(row)];
      yield* others;
    },
  };
  return names;
}

/** Names of which nothing is known but that they are there. */
export const nameSet = (): NameMap<true> => nameMap<true>({ width: 0, write: () => {}, read: () => true });
