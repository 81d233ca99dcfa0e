import type { Kept } from '../../kept/kept.ts';

/** What came of writing a note. */
export interface Written {
  /** False where the browser keeps nothing, or has no more room. */
  isKept: boolean;
  /** What another tab had written meanwhile, and this one had not read: it is kept no longer. */
  replaced?: string;
}

/** The note about one agent in one tab. */
export interface KeptNote {
  /** As it is kept now; "" where there is none. */
  read(): string;
  /** Keep it from now on in the place of the one before; of nothing but spaces, none is kept. */
  write(text: string): Written;
  /** The day on which it is dropped, as days since 1970 in UTC. */
  until(): number | undefined;
}

const KIND = 'note';

/**
 * @param kept what this browser keeps for the reader of now; undefined where it keeps nothing
 * @param name what the note is kept under
 */
export function openNote(kept: () => Kept | undefined, name: string): KeptNote {
  /** As this tab has last read or written it. */
  let known = '';
  const now = () => kept()?.get(KIND, name) ?? '';

  return {
    read() {
      known = now();
      return known;
    },
    write(text) {
      const own = kept();
      if (!own) return { isKept: false };
      const before = now();
      const isEmpty = text.trim() === '';
      if (isEmpty) own.drop(KIND, name);
      else if (!own.put(KIND, name, text)) return { isKept: false };
      const replaced = before !== known && before !== text ? before : '';
      known = isEmpty ? '' : text;
      return { isKept: true, ...(replaced && { replaced }) };
    },
    until: () => kept()?.until(KIND, name),
  };
}
