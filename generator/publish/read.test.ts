import { describe, expect, it } from 'vitest';
import { encodeText, sha256, squeeze, stableJson } from '../lib/bytes.ts';
import { Damaged } from '../lib/errors.ts';
import { memoryStore } from '../store/memory.ts';
import { collect } from '../store/ranges.ts';
import { pack } from './blobs.ts';
import type { SiteFile } from './manifest.ts';
import { checkedManifest, findManifest, manifestBytes, readManifest, readPointer, readSiteFile } from './read.ts';
import { flip, ORG, pointerIn, publishBuilds, textsOf } from './testing/small-site.ts';

async function site() {
  const store = memoryStore();
  await publishBuilds(store, 2);
  return { store, pointer: await pointerIn(store) };
}
const damaged = (message: string) => expect.objectContaining({ constructor: Damaged, message }) as Error;

describe('a pointer', () => {
  it('is read with its ETag, and nothing where none lies there', async () => {
    const { store } = await site();
    const etag = (await store.get('org_1/pointer.json'))?.etag;
    expect(await readPointer(store, ORG)).toEqual({ etag, pointer: expect.objectContaining({ generation: 2 }) });
    expect(await readPointer(store, 'org_2')).toBe(undefined);
  });

  it('is refused where it is damaged', async () => {
    const { store } = await site();
    await store.put('org_1/pointer.json', '{');
    await expect(readPointer(store, ORG)).rejects.toThrow(damaged('damaged pointer: org_1/pointer.json'));
  });
});

describe('a manifest', () => {
  it('tells the files of the build, policy, state and what kept builds need, and nothing of how it is stored', async () => {
    const { store, pointer } = await site();
    const { files, ...rest } = await readManifest(store, ORG, pointer);
    expect(rest).toEqual({
      ...{ organization: ORG, csp: "default-src 'none'" },
      state: { [pointer.state.blob]: 7, [`blobs/${sha256('day 2')}.2`]: 5 },
      older: { [String(pointer.kept[0]?.manifest)]: expect.any(Array) },
    });
    expect((await collect(files)).map(([path]) => path).sort()).toEqual(Object.keys(textsOf(2)).sort());
    expect(await findManifest(store, ORG, pointer.manifest)).toMatchObject(rest);
  });

  it('is refused where it is gone, has other bytes, or lies under another name', async () => {
    const { store, pointer } = await site();
    const key = `org_1/${pointer.manifest}`;
    const body = await manifestBytes(store, ORG, pointer);
    const other = pointer.manifest.replace(/[0-9a-f]{16}/, '0'.repeat(16));
    await store.put(`org_1/${other}`, body);
    await expect(findManifest(store, ORG, other)).rejects.toThrow(damaged(`damaged manifest: org_1/${other}`));
    await flip(store, pointer.manifest);
    for (const read of [readManifest(store, ORG, pointer), findManifest(store, ORG, pointer.manifest)])
      await expect(read).rejects.toThrow(damaged(`damaged manifest: ${key}`));
    await store.remove(key);
    for (const read of [readManifest(store, ORG, pointer), findManifest(store, ORG, pointer.manifest)])
      await expect(read).rejects.toThrow(damaged(`missing manifest: ${key}`));
  });

  it('is refused where its hash is right, and it is none, or another organization’s', async () => {
    const check = async (content: unknown, org = ORG) => {
      const plain = encodeText(typeof content === 'string' ? content : stableJson(content));
      // As older versions wrote it, and packed.
      const readings = [plain, squeeze(plain)].map(async (bytes) =>
        checkedManifest(bytes, org, { manifest: 'builds/1-a.json', sha256: sha256(bytes) }),
      );
      const [first, second] = await Promise.allSettled(readings);
      expect(second).toEqual(first);
      return readings[0];
    };
    const whole = { version: 2, organization: ORG, csp: '', calls: [''], site: ['', ''] };
    expect(await check(whole)).toEqual(whole);
    const other = encodeText(stableJson({ ...whole, csp: 'script-src *' }));
    const of = { manifest: 'builds/1-a.json', sha256: sha256(stableJson(whole)) };
    expect(() => checkedManifest(other, ORG, of)).toThrow(damaged('damaged manifest: org_1/builds/1-a.json'));
    const old = { version: 1, organization: ORG, csp: '', files: { '/': {}, '/calls/a/': {} } };
    expect(await check(old)).toEqual(old);
    for (const content of ['{', '7', '"x"', 'null', { ...whole, calls: 'x' }, { ...whole, site: [] }])
      await expect(check(content), String(content)).rejects.toThrow(damaged('damaged manifest: org_1/builds/1-a.json'));
    for (const files of [null, undefined, 'x', 7])
      await expect(check({ ...old, files })).rejects.toThrow(damaged('damaged manifest: org_1/builds/1-a.json'));
    await expect(check({ ...old, files: { '/': {}, '/../x': {} } })).rejects.toThrow(
      damaged('damaged manifest: org_1/builds/1-a.json: no site can have the path "/../x"'),
    );
    for (const content of [whole, old, []])
      await expect(check(content, 'org_2')).rejects.toThrow(damaged('foreign manifest: org_2/builds/1-a.json'));
  });

  it('is refused where a line tells no part', async () => {
    const { store, pointer } = await site();
    const root = checkedManifest(await manifestBytes(store, ORG, pointer), ORG, pointer);
    const text = JSON.stringify({ ...root, site: ['blobs/x 1 2 3'] });
    await store.put(`org_1/${pointer.manifest}`, text);
    await expect(readManifest(store, ORG, { ...pointer, sha256: sha256(text) })).rejects.toThrow(
      damaged('damaged manifest: org_1/builds'),
    );
  });
});

describe('a file of a site', () => {
  const put = async (type: string) => {
    const store = memoryStore();
    const { stored, ...facts } = await pack(encodeText('a page'), type);
    const file: SiteFile = { ...facts, blob: 'blobs/x.1', stored: stored.byteLength, input: '' };
    await store.put('org_1/blobs/x.1', stored);
    return { store, file };
  };

  it('is read as the bytes that it was made from, stored packed or plain', async () => {
    for (const type of ['text/html', 'image/png']) {
      const { store, file } = await put(type);
      expect(file.encoding).toBe(type === 'text/html' ? 'br' : undefined);
      expect(Buffer.from(await readSiteFile(store, ORG, file)).toString()).toBe('a page');
    }
  });

  it('is refused where its blob is gone or damaged, and named with its path where that is known', async () => {
    for (const type of ['text/html', 'image/png']) {
      const { store, file } = await put(type);
      const both = async (verdict: string) => {
        await expect(readSiteFile(store, ORG, file)).rejects.toThrow(damaged(`${verdict} blob: org_1/blobs/x.1`));
        await expect(readSiteFile(store, ORG, file, '/a/')).rejects.toThrow(
          damaged(`${verdict} blob: org_1/blobs/x.1 of /a/`),
        );
      };
      // Bytes that cannot be unpacked, and others that can.
      await store.put('org_1/blobs/x.1', 'no page');
      await both('damaged');
      await store.put('org_1/blobs/x.1', (await pack(encodeText('b page'), type)).stored);
      await both('damaged');
      await store.remove('org_1/blobs/x.1');
      await both('missing');
    }
  });
});
