// What a browser keeps for one reader of one organization: choices, ids of calls, views and notes, never what a call says.

/** What may be kept, with the days after which it is dropped: a choice or a view that is not used, a call or a note that is not touched. */
export const LIVES = { choice: 30, seen: 30, view: 30, note: 90 } as const;

/** "choice": what somebody has set, by its name; "seen": calls, by their ids; "view": addresses, by their names; "note": texts, by the mark of what they are about. */
export type Kind = keyof typeof LIVES;

/** What is kept for one reader of one organization. */
export interface Kept {
  /** One value; undefined where none is kept. */
  get(kind: Kind, name: string): string | undefined;
  /** All of a kind, by name, oldest first. */
  all(kind: Kind): Map<string, string>;
  /** The day on which a value is dropped, as days since 1970 in UTC; undefined where none is kept. */
  until(kind: Kind, name: string): number | undefined;
  /** Keep a value from today on, in the place of the one before. @returns false where the browser has no room for it: what was kept stays */
  put(kind: Kind, name: string, value: string): boolean;
  drop(kind: Kind, name: string): void;
}

/** The part of a browser's storage that is used here. */
export type Shelf = Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>;

/** Values of one kind and one day, by name. */
type Entries = Map<string, string>;

const PREFIX = 'cci';
/** Where an earlier version kept columns, of whoever came. */
const EARLIER = ['calls-columns'];
/** Milliseconds. */
export const DAY = 86_400_000;

/** Today, as days since 1970 in UTC. */
export const today = (): number => Math.floor(Date.now() / DAY);

/**
 * What a browser keeps for one reader. What was put there on one day has a key that ends in that day: when it has become too old it is
 * removed, whosever it is, and nothing of another reader is read for it.
 * @param reader the mark of the reader and their organization (`markOf`)
 * @param day of now, as `today` says it
 */
export function openKept(shelf: Shelf, reader: string, day: number): Kept {
  sweep(shelf, day);

  /** Each day's, oldest first. */
  const days = (kind: Kind): [key: string, Entries][] =>
    keysOf(shelf, reader, kind)
      .sort((a, b) => dayOf(a) - dayOf(b))
      .map((key) => [key, parsed(shelf.getItem(key))]);

  function write(key: string, entries: Entries): void {
    if (entries.size > 0) shelf.setItem(key, JSON.stringify([...entries]));
    else shelf.removeItem(key);
  }

  function drop(kind: Kind, name: string, but?: string): void {
    for (const [key, entries] of days(kind)) if (key !== but && entries.delete(name)) write(key, entries);
  }

  function put(kind: Kind, name: string, value: string): boolean {
    const key = [PREFIX, reader, kind, day].join(' ');
    const entries = parsed(shelf.getItem(key));
    entries.delete(name);
    try {
      write(key, entries.set(name, value));
    } catch {
      return false;
    }
    drop(kind, name, key);
    return true;
  }

  /** The newest of a name. */
  const newest = (kind: Kind, name: string) => days(kind).findLast(([, own]) => own.has(name));

  return {
    get(kind, name) {
      const [key = '', entries] = newest(kind, name) ?? [];
      const value = entries?.get(name);
      // A choice that is used stays.
      if (value !== undefined && kind === 'choice' && dayOf(key) !== day) put(kind, name, value);
      return value;
    },
    until(kind, name) {
      const [key] = newest(kind, name) ?? [];
      return key === undefined ? undefined : dayOf(key) + LIVES[kind];
    },
    all: (kind) => new Map(days(kind).flatMap(([, entries]) => [...entries])),
    put,
    drop,
  };
}

/** Remove what is too old, and what an earlier version has left. */
function sweep(shelf: Shelf, day: number): void {
  for (const key of EARLIER) shelf.removeItem(key);
  for (const key of keysOf(shelf)) {
    const kind = key.split(' ')[2] ?? '';
    const age = day - dayOf(key);
    // A day to come is one of a clock that was wrong: nobody knows how old such a thing is.
    if (!isKind(kind) || !(age >= 0 && age < LIVES[kind])) shelf.removeItem(key);
  }
}

const isKind = (text: string): text is Kind => Object.hasOwn(LIVES, text);

/** The day that a key ends in. */
const dayOf = (key: string): number => Number(key.split(' ')[3]);

/** The keys of what is kept here; with a reader and a kind, of those alone. */
function keysOf(shelf: Shelf, ...of: string[]): string[] {
  const begin = `${[PREFIX, ...of].join(' ')} `;
  const keys = Array.from({ length: shelf.length }, (_, i) => shelf.key(i) ?? '');
  return keys.filter((key) => key.startsWith(begin));
}

/** What a key holds; nothing where somebody has damaged it. */
function parsed(text: string | null): Entries {
  try {
    const list: unknown = JSON.parse(text ?? '[]');
    return new Map(Array.isArray(list) ? list.filter(isEntry) : []);
  } catch {
    return new Map();
  }
}

const isEntry = (each: unknown): each is [string, string] =>
  Array.isArray(each) && each.length === 2 && each.every((part) => typeof part === 'string');
