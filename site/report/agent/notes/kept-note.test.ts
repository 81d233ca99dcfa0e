import { describe, expect, it } from 'vitest';
import { openKept, type Shelf } from '../../kept/kept.ts';
import { openNote } from './kept-note.ts';

/** A browser's storage with so much room for one value. */
function shelf(room = 1000): Shelf {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (at) => [...kept.keys()][at] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem(key, value) {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError');
      kept.set(key, value);
    },
    removeItem: (key) => void kept.delete(key),
  };
}

const DAY = 20_000;
const tab = (browser: Shelf, name = 'agent', reader = 'me') => openNote(() => openKept(browser, reader, DAY), name);

describe('a note about an agent', () => {
  it('is read in every tab of its reader, for that agent alone, and 90 days long', () => {
    const browser = shelf();
    expect(tab(browser).read()).toBe('');
    expect(tab(browser).write('listen')).toEqual({ isKept: true });
    expect([tab(browser).read(), tab(browser).until()]).toEqual(['listen', DAY + 90]);
    expect(tab(browser, 'another').read()).toBe('');
    expect(tab(browser, 'agent', 'somebody else').read()).toBe('');
  });

  it('is kept no longer once it is empty', () => {
    const browser = shelf();
    const own = tab(browser);
    own.write('listen');
    expect(own.write(' \n')).toEqual({ isKept: true });
    expect([own.read(), own.until(), browser.length]).toEqual(['', undefined, 0]);
  });

  it('is the newest of two tabs, and what it takes the place of unread is told once', () => {
    const browser = shelf();
    const [one, other] = [tab(browser), tab(browser)];
    one.write('a');
    expect(other.read()).toBe('a');
    expect(one.write('a b')).toEqual({ isKept: true });
    expect(other.write('a c')).toEqual({ isKept: true, replaced: 'a b' });
    expect(other.write('a c d')).toEqual({ isKept: true });
    expect(one.write('')).toEqual({ isKept: true, replaced: 'a c d' });
    // What the other tab has deleted is nothing to be told of.
    expect(other.write('e')).toEqual({ isKept: true });
  });

  it('says where it is not kept, and then another tab’s stays', () => {
    expect(openNote(() => undefined, 'agent').write('a')).toEqual({ isKept: false });
    const browser = shelf(30);
    const [one, other] = [tab(browser), tab(browser)];
    one.write('short');
    expect(other.write('long '.repeat(10))).toEqual({ isKept: false });
    expect(one.read()).toBe('short');
    expect(other.write('less')).toEqual({ isKept: true, replaced: 'short' });
  });
});
