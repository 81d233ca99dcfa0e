import { describe, expect, test } from 'vitest';
import type { Session } from './ask.ts';
import { fetchData } from './fetch-data.ts';

/** A session that answers with these statuses in turn, and writes down what was asked of it. */
function session(...statuses: number[]): Session & { asked: string[] } {
  const asked: string[] = [];
  return {
    mark: 'ab12cd34',
    asked,
    async fetch(path) {
      asked.push(`fetch ${path}`);
      const status = statuses.shift();
      if (status === undefined) throw new TypeError('Failed to fetch');
      return Response.json({ from: path }, { status });
    },
    frame: async (path) => void asked.push(`frame ${path}`),
    reload: () => void asked.push('reload'),
  };
}

describe('data of a site', () => {
  test('it is fetched once while the session lasts', async () => {
    const own = session(200);
    expect(await fetchData('/data/a.json', own)).toEqual({ from: '/data/a.json?o=ab12cd34' });
    expect(own.asked).toEqual(['fetch /data/a.json?o=ab12cd34']);
  });

  test('it is fetched again after the session was renewed in a frame', async () => {
    const own = session(401, 200);
    await fetchData('/data/a.json', own);
    expect(own.asked).toEqual(['fetch /data/a.json?o=ab12cd34', 'frame /session', 'fetch /data/a.json?o=ab12cd34']);
  });

  test('it renews a session once for files that are asked for together', async () => {
    const own = session(401, 401, 200, 200);
    await Promise.all([fetchData('/data/a.json', own), fetchData('/data/b.json', own)]);
    expect(own.asked.filter((each) => each.startsWith('frame'))).toEqual(['frame /session']);
  });

  test('it loads the page again where the session cannot be renewed', async () => {
    const own = session(401, 401);
    await expect(fetchData('/data/a.json', own)).rejects.toThrow('session has ended');
    expect(own.asked.at(-1)).toBe('reload');
  });

  test('it is asked for of the page’s own build, also after a renewal', async () => {
    const own = { ...session(401, 200), build: '7-3fe1' };
    expect(await fetchData('/data/a.json', own)).toEqual({ from: '/data/a.json?b=7-3fe1&o=ab12cd34' });
    expect(own.asked).toEqual([
      'fetch /data/a.json?b=7-3fe1&o=ab12cd34',
      'frame /session',
      'fetch /data/a.json?b=7-3fe1&o=ab12cd34',
    ]);
  });

  test('it loads the page again where its build is gone', async () => {
    const own = { ...session(410), build: '7-3fe1' };
    await expect(fetchData('/data/a.json', own)).rejects.toThrow('The reports were updated; reloading.');
    expect(own.asked).toEqual(['fetch /data/a.json?b=7-3fe1&o=ab12cd34', 'reload']);
  });

  test('it loads the page again where the session is another organization’s now', async () => {
    const own = session(403);
    await expect(fetchData('/data/a.json', own)).rejects.toThrow('Another organization');
    expect(own.asked).toEqual(['fetch /data/a.json?o=ab12cd34', 'reload']);
  });

  test('it is asked for as it is where there is no gate, and no answer loads the page again', async () => {
    const own = { ...session(200, 403), mark: undefined };
    expect(await fetchData('/data/a.json', own)).toEqual({ from: '/data/a.json' });
    await expect(fetchData('/data/b.json', own)).rejects.toThrow('returned status 403');
    expect(own.asked).toEqual(['fetch /data/a.json', 'fetch /data/b.json']);
  });

  test('it says what is wrong where there is no such file, or no network', async () => {
    await expect(fetchData('/data/a.json', session(404))).rejects.toThrow('/data/a.json returned status 404');
    await expect(fetchData('/data/a.json', session())).rejects.toThrow('no connection');
  });
});
