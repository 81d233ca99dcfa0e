import { describe, expect, it } from 'vitest';
import { mapConcurrent } from '../../lib/map-concurrent.ts';
import { collect, listInRanges } from '../ranges.ts';
import { PreconditionFailed, type Store } from '../store.ts';

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

const ODD_KEYS = [
  'odd/a b/c d',
  'odd/é',
  'odd/e\u0301',
  'odd/%',
  'odd/%20',
  'odd/ü+%2F/+',
  'odd/a&b<c>"\'',
  'odd/日本',
  'odd/💣👩‍👩‍👧',
  'odd/?x=1#y',
  'odd/~*!()@:;,=$[]{}|^`',
];

const listed = async (store: Store, prefix: string) => (await collect(store.list(prefix))).map(({ key }) => key);
const textOf = async (store: Store, key: string) => {
  const object = await store.get(key);
  return object && new TextDecoder().decode(object.body);
};

/**
 * What every driver must do.
 * @param open an empty store
 * @param judgesWrites false for a server known to answer conditional writes wrongly: those tests are left out
 */
export function conformance(name: string, open: () => Store | Promise<Store>, { judgesWrites = true } = {}): void {
  const opened = async () => open();

  describe(`a store at ${name}`, () => {
    it('gives back what was put, with another ETag for other bytes', async () => {
      const store = await opened();
      const first = await store.put('org/a.json', 'one');
      expect((await store.get('org/a.json'))?.etag).toBe(first);
      expect(await textOf(store, 'org/a.json')).toBe('one');
      const second = await store.put('org/a.json', new Uint8Array([0, 255, 10]));
      expect(second).not.toBe(first);
      expect((await store.get('org/a.json'))?.etag).toBe(second);
      expect([...((await store.get('org/a.json'))?.body ?? [])]).toEqual([0, 255, 10]);
    });

    it('has nothing where nothing is, and removes without complaint', async () => {
      const store = await opened();
      expect(await store.get('org/none')).toBeUndefined();
      await store.remove('org/none');
      await store.put('org/a', 'x');
      await store.remove('org/a');
      expect(await store.get('org/a')).toBeUndefined();
      expect(await store.folders('')).toEqual([]);
      expect(await store.top()).toEqual([]);
      expect(await listed(store, '')).toEqual([]);
    });

    it('tells whether it may be written, where it can tell, and writes nothing to find out', async () => {
      const store = await opened();
      await store.put('org/a', 'x');
      const keys = await listed(store, '');
      for (const key of ['org/a', 'org/none']) expect([true, undefined]).toContain(await store.mayWrite?.(key));
      expect(await listed(store, '')).toEqual(keys);
      expect(await textOf(store, 'org/a')).toBe('x');
    });

    it('lists keys in UTF-8 byte order, by prefix, with size, time and the ETag that a read gives', async () => {
      const store = await opened();
      const keys = ['org/b/x', 'org/b.txt', 'org/a', 'org/B', 'org_1/x', 'org/ﬀ', 'org/💣', 'org/é', 'org/b/y/z'];
      for (const key of keys) await store.put(key, key);
      const ordered = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(await listed(store, '')).toEqual(ordered);
      expect(await listed(store, 'org/')).toEqual(ordered.filter((key) => key.startsWith('org/')));
      expect(await listed(store, 'org/b')).toEqual(['org/b.txt', 'org/b/x', 'org/b/y/z']);
      expect(await listed(store, 'none/')).toEqual([]);
      for await (const { key, etag, size, modified } of store.list('org/')) {
        expect(size).toBe(Buffer.byteLength(key));
        expect(Number.isSafeInteger(modified)).toBe(true);
        expect((await store.get(key))?.etag).toBe(etag);
      }
      expect(await store.folders('')).toEqual(['org', 'org_1']);
      expect(await store.folders('org/')).toEqual(['b']);
      await store.put('loose_$folder$', '');
      expect(await store.top()).toEqual(['loose_$folder$', 'org/', 'org_1/']);
    });

    it.each(['../', '/', 'a/../', './', 'a//'])('refuses the prefix %j', async (prefix) => {
      const store = await opened();
      await expect(listed(store, prefix)).rejects.toThrow('unusable key');
      await expect(store.folders(prefix)).rejects.toThrow('unusable key');
    });

    it('holds keys with spaces and every script, and bodies of no bytes', async () => {
      const store = await opened();
      for (const key of ODD_KEYS) await store.put(key, key);
      expect(await listed(store, 'odd/')).toEqual([...ODD_KEYS].sort(byBytes));
      for (const key of ODD_KEYS) expect(await textOf(store, key)).toBe(key);
      expect(await store.folders('odd/')).toEqual(['a b', 'ü+%2F'].sort(byBytes));
      await store.put('odd/none', '');
      expect((await store.get('odd/none'))?.body.byteLength).toBe(0);
      for (const key of ODD_KEYS) await store.remove(key);
      expect(await listed(store, 'odd/')).toEqual(['odd/none']);
    });

    it('reads an object only as it was listed', async () => {
      const store = await opened();
      const etag = await store.put('org/a', 'one');
      expect((await store.get('org/a', { ifMatch: etag }))?.etag).toBe(etag);
      await store.put('org/a', 'two');
      await expect(store.get('org/a', { ifMatch: etag })).rejects.toThrow(PreconditionFailed);
      await store.remove('org/a');
      expect(await store.get('org/a', { ifMatch: etag })).toBeUndefined();
    });

    it('reads a range of bytes, as far as the object goes', async () => {
      const store = await opened();
      const etag = await store.put('org/a', '0123456789');
      const read = async (start: number, end: number) => {
        const object = await store.get('org/a', { range: { start, end }, ifMatch: etag });
        expect([object?.etag, object?.size]).toEqual([etag, 10]);
        return new TextDecoder().decode(object?.body);
      };
      expect([await read(0, 4), await read(4, 10), await read(8, 20), await read(9, 10)]).toEqual([
        '0123',
        '456789',
        '89',
        '9',
      ]);
      expect([await read(10, 20), await read(99, 100)]).toEqual(['', '']);
      expect((await store.get('org/a'))?.size).toBe(10);
      const none = await store.put('org/none', '');
      expect(await store.get('org/none', { range: { start: 0, end: 5 } })).toMatchObject({ etag: none, size: 0 });
      await store.put('org/a', '0123456780');
      for (const start of [0, 99])
        await expect(store.get('org/a', { range: { start, end: start + 4 }, ifMatch: etag })).rejects.toThrow(
          PreconditionFailed,
        );
      expect(await store.get('org/b', { range: { start: 0, end: 4 } })).toBeUndefined();
    });

    it('goes on listing while objects come and go', async () => {
      const store = await opened();
      const keys = Array.from({ length: 30 }, (_, i) => `org/${String(i).padStart(2, '0')}`);
      await mapConcurrent(keys, (key) => store.put(key, 'x'));
      const seen: string[] = [];
      for await (const { key } of store.list('org/')) {
        seen.push(key);
        if (key === 'org/04') await Promise.all([store.remove('org/20'), store.put('org/040', 'new')]);
      }
      expect(seen.filter((key) => key !== 'org/040' && key !== 'org/20')).toEqual(
        keys.filter((key) => key !== 'org/20'),
      );
    });

    it('lists a range as it lists the whole', async () => {
      const store = await opened();
      const keys = ['a.b', 'a/1', 'a/2', 'a/ﬀ', 'a/💣', 'b/1', 'b/2'];
      await mapConcurrent(keys, (key) => store.put(key, 'x'));
      const found = async (prefix: string, cuts: string[]) =>
        (await collect(listInRanges(store, prefix, cuts))).map(({ key }) => key);
      expect(await found('', ['a/1', 'a/ﬀ', 'b/0'])).toEqual(keys);
      expect(await found('a/', ['a/1', 'a/none', 'a/ﬀ', 'z'])).toEqual(keys.slice(1, 5));
      expect(await found('c/', ['a/1'])).toEqual([]);
    });

    it('never shows half an object', async () => {
      const store = await opened();
      const bodies = ['a', 'b'].map((letter) => letter.repeat(200_000));
      await store.put('org/big', bodies[0] as string);
      let writing = true;
      const writes = (async () => {
        for (let i = 0; i < 20; i++) await store.put('org/big', bodies[i % 2] as string);
        writing = false;
      })();
      while (writing) expect(bodies).toContain(await textOf(store, 'org/big'));
      await writes;
    });

    it.each([
      '',
      '/a',
      'a/',
      'a//b',
      '..',
      'a/../b',
      './a',
      'a/.',
      'a\\b',
      'a\u0000b',
      'a\nb',
      '\ud800',
      `a/${'x'.repeat(256)}`,
      'x/'.repeat(600),
      '.cci-tmp/x',
    ])('refuses the key %j', async (key) => {
      const store = await opened();
      await expect(store.put(key, 'x')).rejects.toThrow('unusable key');
      await expect(store.get(key)).rejects.toThrow('unusable key');
      await expect(store.remove(key)).rejects.toThrow('unusable key');
    });

    if (judgesWrites) {
      it('creates only where nothing is: of many at once, one wins', async () => {
        const store = await opened();
        const tries = Array.from({ length: 16 }, (_, i) => store.put('org/claim', `${i}`, { ifNoneMatch: '*' }));
        const results = await Promise.allSettled(tries);
        expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        for (const result of results)
          if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(PreconditionFailed);
        const winner = results.findIndex(({ status }) => status === 'fulfilled');
        expect(await textOf(store, 'org/claim')).toBe(`${winner}`);
      });

      it('writes over an object only as it was read: of many at once, one wins', async () => {
        const store = await opened();
        const etag = await store.put('org/pointer', 'old');
        const results = await Promise.allSettled(
          Array.from({ length: 16 }, (_, i) => store.put('org/pointer', `${i}`, { ifMatch: etag })),
        );
        expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        await expect(store.put('org/none', 'x', { ifMatch: etag })).rejects.toThrow(PreconditionFailed);
      });
    }
  });
}
