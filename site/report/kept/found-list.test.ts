import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { foundPaths, keepFound } from './found-list.ts';

/** A tab's storage, whose keys are its own properties. @param room characters that one value may have */
function tab(room = Number.POSITIVE_INFINITY): Record<string, string> {
  const methods = {
    getItem(key: string) {
      return Object.hasOwn(this, key) ? (this as unknown as Record<string, string>)[key] : null;
    },
    setItem(key: string, value: string) {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError');
      (this as unknown as Record<string, string>)[key] = value;
    },
    removeItem(key: string) {
      delete (this as unknown as Record<string, string>)[key];
    },
  };
  return Object.create(methods) as Record<string, string>;
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-05T10:00:00Z') }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('keeps a list for the tab in which it was made, under a name that tells nothing of it', () => {
  vi.stubGlobal('sessionStorage', tab());
  const paths = ['/calls/c2/', '/calls/c1/'];
  const name = keepFound(paths) ?? '';
  expect(name).toMatch(/^[a-z\d]{9,}$/);
  expect(foundPaths(name)).toEqual(paths);
  expect(foundPaths('another')).toBeUndefined();
  vi.stubGlobal('sessionStorage', tab());
  expect(foundPaths(name)).toBeUndefined();
});

it('keeps the last five lists, and leaves alone what is not one', () => {
  const storage = tab();
  storage.other = 'of somebody else';
  vi.stubGlobal('sessionStorage', storage);
  const names = Array.from({ length: 8 }, (_, i) => {
    vi.setSystemTime(Date.now() + 1000);
    return keepFound([`/calls/c${i}/`]) ?? '';
  });
  expect(names.map((name) => foundPaths(name)?.[0])).toEqual([
    ...[undefined, undefined, undefined],
    ...['/calls/c3/', '/calls/c4/', '/calls/c5/', '/calls/c6/', '/calls/c7/'],
  ]);
  expect(storage.other).toBe('of somebody else');
});

it('says where a browser keeps nothing, or has no room', () => {
  vi.stubGlobal('sessionStorage', tab(20));
  expect(keepFound(['/calls/c1/', '/calls/c2/'])).toBeUndefined();
  vi.stubGlobal('sessionStorage', undefined);
  expect(keepFound([])).toBeUndefined();
  expect(foundPaths('any')).toBeUndefined();
});

it('takes nothing for a list that is none', () => {
  const storage = tab();
  vi.stubGlobal('sessionStorage', storage);
  for (const value of ['', '{', '{"0":"/calls/c1/"}', '"/calls/c1/"', 'null']) {
    storage['cci found x'] = value;
    expect(foundPaths('x'), value).toBeUndefined();
  }
  storage['cci found x'] = '["/calls/c1/",7,null,["/calls/c2/"]]';
  expect(foundPaths('x')).toEqual(['/calls/c1/']);
});
