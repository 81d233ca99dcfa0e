import { describe, expect, it } from 'vitest';
import { openKept, type Shelf } from '../kept/kept.ts';
import { dropView, LONGEST, MOST, ownViews, saveView, useView } from './own-views.ts';

/** What a browser keeps, opened on any day. */
function browser() {
  const kept = new Map<string, string>();
  const shelf: Shelf = {
    get length() {
      return kept.size;
    },
    key: (at) => [...kept.keys()][at] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
  return (day = DAY, reader = 'me') => openKept(shelf, reader, day);
}

const DAY = 20_000;
const FAILED = '/calls/?qa=failed';
const names = (kept: ReturnType<ReturnType<typeof browser>>) => ownViews(kept).map(({ name }) => name);

describe('a reader’s own views', () => {
  it('are saved, renamed and dropped, each under one name, and are nobody else’s', () => {
    const open = browser();
    expect(saveView(open(), { name: ' Failed\n calls ', href: FAILED })).toBeUndefined();
    expect(saveView(open(), { name: 'All 10', href: '/calls/?sort=score' })).toBeUndefined();
    expect(saveView(open(), { name: 'All 9', href: '/calls/?sort=score' })).toBeUndefined();
    expect(names(open())).toEqual(['All 9', 'All 10', 'Failed calls']);
    expect(saveView(open(), { name: 'All 9', href: FAILED })).toContain('already');
    expect(saveView(open(), { name: 'All 9', href: FAILED }, 'Failed calls')).toContain('already');
    expect(saveView(open(), { name: 'Best', href: '/calls/?sort=score' }, 'All 9')).toBeUndefined();
    expect(saveView(open(), { name: 'Best', href: '/calls/?sort=score' }, 'Best')).toBeUndefined();
    dropView(open(), 'All 10');
    expect(names(open())).toEqual(['Best', 'Failed calls']);
    expect(ownViews(open(DAY, 'somebody else'))).toEqual([]);
  });

  it('are at most thirty, with names of at most sixty characters', () => {
    const open = browser();
    for (let i = 0; i < MOST; i++) expect(saveView(open(), { name: `View ${i}`, href: FAILED })).toBeUndefined();
    expect(saveView(open(), { name: 'One more', href: FAILED })).toContain('Delete one first');
    expect(saveView(open(), { name: 'n'.repeat(LONGEST + 9), href: FAILED }, 'View 0')).toBeUndefined();
    expect(names(open())).toContain('n'.repeat(LONGEST));
    expect(saveView(open(), { name: ' \t', href: FAILED }, 'View 1')).toBe('Give it a name.');
    expect(saveView(undefined, { name: 'a', href: FAILED })).toContain('keeps nothing');
  });

  it('last 30 days from their last use', () => {
    const open = browser();
    saveView(open(), { name: 'used', href: FAILED });
    saveView(open(), { name: 'unused', href: FAILED });
    useView(open(DAY + 20), { name: 'used', href: FAILED });
    expect(names(open(DAY + 29))).toEqual(['unused', 'used']);
    expect(names(open(DAY + 30))).toEqual(['used']);
    expect(names(open(DAY + 50))).toEqual([]);
  });

  it('are none of what somebody has put in their place', () => {
    const open = browser();
    for (const href of ['https://evil.example/?a=b', 'javascript:alert(1)', '/calls/?party=01632960001', '/sign-out'])
      open().put('view', href, href);
    open().put('view', 'n'.repeat(LONGEST + 1), FAILED);
    expect(ownViews(open())).toEqual([]);
  });
});
