import { brotliCompressSync, constants, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeText, encodeText, sha256 } from '../../../generator/lib/bytes.ts';
import { Damaged } from '../../../generator/lib/errors.ts';
import { memoryStore } from '../../../generator/store/memory.ts';
import type { OrganizationId } from '../auth/tenant.ts';
import type { Coding } from '../http/negotiation.ts';
import { openBlobs } from './blobs.ts';
import type { ServedFile } from './file-index.ts';

const ORG = 'org_1' as OrganizationId;
const TEXT = 'a page, '.repeat(100);

/** A file, and what lies in its blob. */
function made(
  text: string,
  encoding?: 'br',
  body: Uint8Array = encoding ? brotliCompressSync(text) : encodeText(text),
) {
  const hash = sha256(text);
  const file: ServedFile = {
    blob: `blobs/${hash}`,
    sha256: hash,
    size: encodeText(text).byteLength,
    stored: body.byteLength,
    type: 'text/html',
    ...(encoding && { encoding }),
  };
  return { file, body };
}

async function start(...files: { file: ServedFile; body: Uint8Array }[]) {
  const store = memoryStore();
  for (const { file, body } of files) await store.put(`${ORG}/${file.blob}`, body);
  const reads: string[] = [];
  const get = (key: string) => {
    reads.push(key);
    return store.get(key);
  };
  return { read: openBlobs({ ...store, get }), reads, store };
}

describe('a file', () => {
  it('goes out as it lies in the store, unpacked, or packed for those who know only that', async () => {
    const page = made(TEXT, 'br');
    const plain = made('not packed');
    const { read, reads } = await start(page, plain);
    expect(Buffer.from(await read(ORG, page.file, 'br')).equals(page.body)).toBe(true);
    expect(decodeText(await read(ORG, page.file, 'identity'))).toBe(TEXT);
    expect(gunzipSync(await read(ORG, page.file, 'gzip')).toString()).toBe(TEXT);
    expect(decodeText(await read(ORG, plain.file, 'identity'))).toBe('not packed');
    // Brotli only where the store has it.
    expect(decodeText(await read(ORG, plain.file, 'br'))).toBe('not packed');
    expect(reads).toHaveLength(5);
    for (const coding of ['br', 'identity', 'gzip'] as const) await read(ORG, page.file, coding);
    expect(reads).toHaveLength(5);
  });

  it('is read once, however many ask at once, and for each organization from its own folder', async () => {
    const page = made(TEXT, 'br');
    const { read, reads, store } = await start(page);
    await Promise.all([1, 2, 3].map(() => read(ORG, page.file, 'br')));
    expect(reads).toHaveLength(1);
    await expect(read('org_2' as OrganizationId, page.file, 'br')).rejects.toThrow(
      `missing blob: org_2/${page.file.blob}`,
    );
    await store.put(`org_2/${page.file.blob}`, page.body);
    expect(await read('org_2' as OrganizationId, page.file, 'br')).toBeDefined();
  });

  it('may be empty', async () => {
    const [empty, packed] = [made(''), { ...made('', 'br') }];
    const { read } = await start({ ...empty, file: { ...empty.file, blob: 'blobs/empty' } }, packed);
    for (const coding of ['br', 'identity'] as const)
      expect((await read(ORG, { ...empty.file, blob: 'blobs/empty' }, coding)).byteLength).toBe(0);
    expect((await read(ORG, packed.file, 'identity')).byteLength).toBe(0);
  });

  it('is read anew each time where it takes more than an eighth of the memory, in the form in which it goes out', async () => {
    const text = 'x'.repeat(8 * 1024 * 1024 + 1);
    const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
    const large = made(text, 'br', brotliCompressSync(text, quick));
    const { read, reads } = await start(large);
    for (const [coding, times] of [
      ['br', 1],
      ['identity', 2],
    ] as const) {
      reads.length = 0;
      for (let i = 0; i < 2; i++) await read(ORG, large.file, coding);
      expect([coding, reads.length]).toEqual([coding, times]);
    }
  });
});

describe('a file that is not as its manifest says', () => {
  const wrong = (body: Uint8Array) => body.map((byte, i) => (i === body.length >> 1 ? byte ^ 1 : byte));
  const page = made(TEXT, 'br');
  const plain = made(TEXT);
  it.each<[string, { file: ServedFile; body: Uint8Array }, Coding]>([
    ['a wrong byte', { ...plain, body: wrong(plain.body) }, 'identity'],
    ['a wrong byte where it is packed', { ...page, body: wrong(page.body) }, 'br'],
    ['bytes that are not packed', { ...page, body: encodeText('x'.repeat(page.body.byteLength)) }, 'br'],
    ['too few bytes', { ...plain, body: plain.body.slice(1) }, 'identity'],
    [
      'another file’s bytes',
      { ...page, body: made('other', 'br').body, file: { ...page.file, stored: made('other', 'br').body.byteLength } },
      'br',
    ],
    ['more to unpack than it says', { ...page, file: { ...page.file, size: 10 } }, 'br'],
    ['another length than it says', { ...page, file: { ...page.file, stored: page.file.stored + 1 } }, 'br'],
  ])('is not given out: %s', async (_what, { file, body }, coding) => {
    const { read, store } = await start({ file, body });
    const refused = await read(ORG, file, coding).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Damaged);
    expect((refused as Error).message).toBe(`damaged blob: org_1/${file.blob}`);
    // It is not remembered: once it is whole it goes out.
    const whole = file.encoding ? page : plain;
    await store.put(`${ORG}/${file.blob}`, whole.body);
    expect(await read(ORG, whole.file, coding)).toBeDefined();
  });
});
