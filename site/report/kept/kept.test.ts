import { describe, expect, it } from 'vitest';
import { type Kind, LIVES, openKept, type Shelf } from './kept.ts';
import { markOf } from './reader.ts';

/** A browser's storage, and which of its values were read. */
function shelf(room = Number.POSITIVE_INFINITY): Shelf & { kept: Map<string, string>; got: string[] } {
  const kept = new Map<string, string>();
  const got: string[] = [];
  return {
    kept,
    got,
    get length() {
      return kept.size;
    },
    key: (at) => [...kept.keys()][at] ?? null,
    getItem(key) {
      got.push(key);
      return kept.get(key) ?? null;
    },
    setItem(key, value) {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError');
      kept.set(key, value);
    },
    removeItem: (key) => void kept.delete(key),
  };
}

const DAY = 20_000;
const KINDS = Object.keys(LIVES) as Kind[];

describe('what a browser keeps', () => {
  it('comes back to the reader for whom it is kept, and to no other reader or organization', async () => {
    const browser = shelf();
    const pairs = [
      ['org_1', 'user_1'],
      ['org_1', 'user_2'],
      ['org_2', 'user_1'],
      ['org_2', 'user_2'],
      ['org_1"', ',"user_1'],
    ];
    const readers = await Promise.all(pairs.map(async ([org = '', user = '']) => (await markOf(org, user)) ?? ''));
    expect(new Set(readers).size).toBe(pairs.length);
    for (const [at, reader] of readers.entries())
      for (const kind of KINDS) openKept(browser, reader, DAY).put(kind, 'call-1', `of ${at}`);
    for (const [at, reader] of readers.entries()) {
      browser.got.length = 0;
      const own = openKept(browser, reader, DAY);
      for (const kind of KINDS) {
        expect(own.get(kind, 'call-1')).toBe(`of ${at}`);
        expect(own.all(kind)).toEqual(new Map([['call-1', `of ${at}`]]));
      }
      expect(browser.got.every((key) => key.split(' ')[1] === reader)).toBe(true);
    }
    expect([...browser.kept].join()).not.toMatch(/org_|user_/);
  });

  it.each(KINDS)('is dropped when it is too old, whosever it is, and unread: %s', (kind) => {
    const browser = shelf();
    openKept(browser, 'gone', DAY).put(kind, 'a', 'old');
    const last = DAY + LIVES[kind] - 1;
    openKept(browser, 'other', last);
    expect(browser.kept.size).toBe(1);
    browser.got.length = 0;
    openKept(browser, 'other', last + 1);
    expect([browser.kept.size, browser.got]).toEqual([0, []]);
  });

  it('leaves the disk with its own day: what was put later beside it, and dropped, does not hold it', () => {
    const browser = shelf();
    openKept(browser, 'me', DAY).put('seen', 'first', '');
    openKept(browser, 'me', DAY + 29).put('seen', 'second', '');
    openKept(browser, 'somebody else', DAY + 30);
    expect([...browser.kept].join()).not.toContain('first');
    expect([...browser.kept].join()).toContain('second');
  });

  it('grows old by itself beside what is new: a call that was seen long ago is not kept by one of today', () => {
    const browser = shelf();
    openKept(browser, 'me', DAY).put('seen', 'first', '');
    openKept(browser, 'me', DAY + 20).put('seen', 'second', '');
    expect([
      ...openKept(browser, 'me', DAY + 29)
        .all('seen')
        .keys(),
    ]).toEqual(['first', 'second']);
    openKept(browser, 'me', DAY + 30).put('seen', 'third', '');
    expect([
      ...openKept(browser, 'me', DAY + 30)
        .all('seen')
        .keys(),
    ]).toEqual(['second', 'third']);
    expect([...browser.kept].join()).not.toContain('first');
  });

  it('stays where it is a choice that is used', () => {
    const browser = shelf();
    openKept(browser, 'me', DAY).put('choice', 'theme', 'dark');
    openKept(browser, 'me', DAY).put('note', 'agent', 'listen again');
    for (let day = DAY; day < DAY + 200; day += 29) {
      expect(openKept(browser, 'me', day).get('choice', 'theme')).toBe('dark');
      openKept(browser, 'me', day).get('note', 'agent');
    }
    expect([...browser.kept.keys()].map((key) => key.split(' ')[2])).toEqual(['choice']);
  });

  it('says until when a value is kept, and that from its last change on', () => {
    const browser = shelf();
    expect(openKept(browser, 'me', DAY).until('note', 'agent')).toBeUndefined();
    openKept(browser, 'me', DAY).put('note', 'agent', 'a');
    openKept(browser, 'me', DAY + 10).put('note', 'other', 'b');
    expect(openKept(browser, 'me', DAY + 10).until('note', 'agent')).toBe(DAY + 90);
    openKept(browser, 'me', DAY + 20).put('note', 'agent', 'c');
    expect(openKept(browser, 'me', DAY + 20).until('note', 'agent')).toBe(DAY + 110);
    expect(openKept(browser, 'me', DAY + 109).get('note', 'agent')).toBe('c');
    expect(openKept(browser, 'me', DAY + 110).get('note', 'agent')).toBeUndefined();
  });

  it('is changed and dropped one by one', () => {
    const browser = shelf();
    const own = openKept(browser, 'me', DAY);
    own.put('choice', 'columns', 'started agent');
    own.put('choice', 'columns', 'started');
    own.put('choice', '__proto__', 'x');
    expect(own.get('choice', 'columns')).toBe('started');
    expect(own.get('choice', '__proto__')).toBe('x');
    expect(own.get('choice', 'toString')).toBeUndefined();
    own.drop('choice', 'columns');
    own.drop('choice', 'never there');
    expect([...own.all('choice').keys()]).toEqual(['__proto__']);
    own.drop('choice', '__proto__');
    expect(browser.kept.size).toBe(0);
  });

  it('is none of what is damaged, of a day to come, or of an earlier version', () => {
    const browser = shelf();
    browser.kept.set(`cci me seen ${DAY}`, '[["a",""],["b"],"c",["d",7],[["e"],""],null]');
    browser.kept.set(`cci me note ${DAY}`, '[["a"');
    browser.kept.set(`cci me choice ${DAY}`, '{"length":1}');
    browser.kept.set(`cci me choice ${DAY + 1}`, '[["theme","dark"]]');
    browser.kept.set('cci me strange 1', '{}');
    browser.kept.set('calls-columns', '["team"]');
    browser.kept.set('of another program', 'stays');
    const own = openKept(browser, 'me', DAY);
    expect([...own.all('seen').keys()]).toEqual(['a']);
    expect([own.all('note').size, own.all('choice').size]).toEqual([0, 0]);
    expect([...browser.kept.keys()]).toEqual(
      ['seen', 'note', 'choice'].map((kind) => `cci me ${kind} ${DAY}`).concat('of another program'),
    );
  });

  it('stays as it was where the browser has no more room, and says so', () => {
    const browser = shelf(40);
    expect(openKept(browser, 'me', DAY).put('note', 'agent', 'short')).toBe(true);
    expect(openKept(browser, 'me', DAY + 1).put('note', 'agent', 'long '.repeat(20))).toBe(false);
    expect(openKept(browser, 'me', DAY + 1).get('note', 'agent')).toBe('short');
  });
});
