import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { memoryStore } from '../../../store/memory.ts';
import type { Store } from '../../../store/store.ts';
import { PipelineConfig } from '../../config.ts';
import { openProvider } from '../open.ts';
import { failure, listed } from '../testing/conformance.ts';
import { wavOf } from '../testing/server.ts';
import { openFolder } from './folder.ts';

const context = (provider: object = {}) => ({
  org: 'acme',
  config: PipelineConfig.parse({ provider: { kind: 'folder', ...provider } }),
  env: {},
  secret: async () => ({}),
});
const { signal } = new AbortController();
/** Everything was written a minute ago. */
const later = () => Date.now() + 60_000;

async function filled(files: { [path: string]: string | Uint8Array }): Promise<Store> {
  const store = memoryStore(Date.now);
  for (const [path, body] of Object.entries(files)) await store.put(path, body);
  return store;
}
const found = async (files: { [path: string]: string | Uint8Array }, provider: object = {}, patternMs?: number) => {
  const store = await filled(files);
  return listed(await openFolder(context(provider), { store, now: later, patternMs }));
};

it('makes an id of the path, and keeps the path', async () => {
  const [one] = await found({ 'March/Jane Doe +44 1632 960001.wav': wavOf('a') });
  expect(one).toMatchObject({ id: 'rec-79a6206035f7581c', raw: { file: 'March/Jane Doe +44 1632 960001.wav' } });
});

it('takes the file beside it first, then the index, then the name', async () => {
  const [one] = await found(
    {
      'a_+441_20260330-101500.wav': wavOf('a'),
      'a_+441_20260330-101500.json': JSON.stringify({
        from: '+442',
        direction: 'Outgoing',
        queue: 'sales',
        channels: { left: 'customer', right: 'agent' },
      }),
      'index.csv': '\uFEFFFile;From;To;Agent\na_+441_20260330-101500.wav;+443;+444;jane\n',
    },
    { pattern: '^(?<agent>[^_]+)_(?<from>[^_]+)_(?<started>[^.]+)', timeZone: 'Europe/Berlin' },
  );
  expect(one).toMatchObject({
    from: '+442',
    direction: 'outbound',
    to: '+444',
    agent: 'jane',
    started: '2026-03-30T08:15:00.000Z',
    channels: { left: 'customer', right: 'agent' },
    raw: { queue: 'sales', agent: 'jane' },
  });
});

it('says where a time is only that of the file, and what it could not read', async () => {
  const [one] = await found({
    'a.wav': wavOf('a'),
    'index.csv': 'file,started,ended,channels\na.wav,last week,2026-03-30T10:15:00Z,both\n',
  });
  expect(one?.started).toMatch(/Z$/);
  expect(one?.raw).toMatchObject({
    started: 'last week',
    started_from: 'when the file was written',
    unread: ['started', 'channels'],
  });
  const [broken] = await found({ 'a.wav': wavOf('a'), 'a.json': '{' });
  expect(broken?.raw).toMatchObject({ unread: ['json'] });
});

it('reads who is on which channel from two words', async () => {
  const rows = 'file,channels\na.wav,agent / customer\nb.wav,Customer-Agent\nc.wav,agent agent\n';
  const all = await found({ 'a.wav': wavOf('a'), 'b.wav': wavOf('b'), 'c.wav': wavOf('c'), 'index.csv': rows });
  const byFile = Object.fromEntries(all.map(({ raw, channels }) => [raw.file, channels]));
  expect(byFile).toEqual({
    'a.wav': { left: 'agent', right: 'customer' },
    'b.wav': { left: 'customer', right: 'agent' },
    'c.wav': undefined,
  });
});

it('leaves out hidden files and what is no sound by its name, and lists sound that it cannot read', async () => {
  const all = await found({
    '.a.wav': wavOf('a'),
    '.x/b.wav': wavOf('b'),
    'notes.txt': 'x',
    'a.amr': '#!AMR',
    'B.WAV': wavOf('b'),
  });
  expect(all.map(({ raw }) => raw.file).sort()).toEqual(['B.WAV', 'a.amr']);
});

it.each([
  ['0 bytes', new Uint8Array(), 'is empty'],
  ['a head alone', wavOf('').subarray(0, 44), 'a head and nothing after it'],
  ['a page', '<html></html>'.padEnd(100), 'a web page'],
])('puts %s aside for good', async (_, body, reason) => {
  const store = await filled({ 'a.wav': body });
  const provider = await openFolder(context(), { store, now: later });
  const [one] = await listed(provider);
  const error = await failure(() => provider.download(one as never, signal));
  expect([error.kind, error.message]).toEqual(['poison', expect.stringContaining(reason)]);
});

it('puts a recording aside whose name no store can be asked for, and no other', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cci-folder-'));
  made.push(folder);
  const long = `${'ü'.repeat(122)}.wav`;
  for (const name of ['line\nbreak.wav', 'Müller & Söhne.wav', long]) await writeFile(join(folder, name), wavOf(name));
  await writeFile(join(folder, 'line\nbreak.json'), '{"from":"+441"}');
  await writeFile(join(folder, 'Müller & Söhne.vtt'), 'WEBVTT');
  const provider = await openFolder(context({ url: pathToFileURL(folder).href }), { now: later });
  const got: { [file: string]: unknown } = {};
  for (const each of await listed(provider)) {
    const side = await provider.sidecar?.(each, signal);
    const sound = provider.download(each, signal).then(({ extension }) => extension);
    got[String(each.raw.file)] = [await sound.catch(({ kind, message }) => `${kind}: ${message}`), side?.name];
  }
  expect(got).toEqual({
    'line\nbreak.wav': [expect.stringMatching(/^poison: The name of its file .* Rename the file/), undefined],
    'Müller & Söhne.wav': ['wav', 'Müller & Söhne.vtt'],
    [long]: ['wav', undefined],
  });
});

it('waits once for what has just been written, and leaves what still grows', async () => {
  let [time, waited]: [number, number[]] = [Date.parse('2026-03-30T12:00:00Z'), []];
  const store = memoryStore(() => time);
  for (const name of ['done.wav', 'growing.wav']) await store.put(name, wavOf(name));
  time += 4000;
  const wait = async (ms: number) => {
    waited = [...waited, ms];
    time += ms;
    await store.put('growing.wav', wavOf('bb'));
  };
  const provider = await openFolder(context(), { store, now: () => time, wait });
  const all = await listed(provider);
  expect(all.map(({ raw }) => raw.file)).toEqual(['done.wav']);
  expect([waited, provider.growing?.()]).toEqual([[6000], 1]);
  await store.put('growing.wav', wavOf('bb'));
  time += 60_000;
  expect([(await listed(provider)).length, provider.growing?.()]).toEqual([2, 0]);
});

it('lists a file of a folder however old it says to be, and an object of S3 by when it came', async () => {
  const store = await filled({ 'a.wav': wavOf('a') });
  const since = { time: new Date(Date.now() + 3_600_000).toISOString() };
  expect(await listed(await openFolder(context(), { store, now: later }), since)).toHaveLength(1);
  const bucket = { ...store, url: 's3://bucket' };
  expect(await listed(await openFolder(context(), { store: bucket, now: later }), since)).toEqual([]);
});

it('finds the transcript beside a recording, and tells it from details', async () => {
  const transcript = JSON.stringify({ segments: [], from: '+441' });
  const store = await filled({
    'a.wav': wavOf('a'),
    'a.json': '{"from":"+441"}',
    'a.vtt': 'WEBVTT',
    'b.wav': wavOf('b'),
    'b.json': transcript,
    'c.wav': wavOf('c'),
    'c.wav.json': transcript,
    'c.json': '{"to":"+442"}',
    'd.wav': wavOf('d'),
  });
  const provider = await openFolder(context(), { store, now: later });
  const names: { [file: string]: unknown } = {};
  for (const each of await listed(provider))
    names[String(each.raw.file)] = [each.from ?? each.to, (await provider.sidecar?.(each, signal))?.name];
  expect(names).toEqual({
    'a.wav': ['+441', 'a.vtt'],
    'b.wav': ['+441', 'b.json'],
    'c.wav': ['+441', 'c.wav.json'],
    'd.wav': [undefined, undefined],
  });
});

it.each([
  ['no file column', 'name,from\na.wav,+441\n', 'has no column file'],
  ['paths of elsewhere', 'file\nother.wav\n', 'names no recording that is there'],
  ['an open quote', 'file,from\na.wav,"x\n', 'is no CSV from line'],
  ['another encoding', Buffer.from('file,agent\na.wav,Jos\xe9\n', 'latin1'), 'is not UTF-8'],
])('refuses an index with %s, and quotes nothing of it', async (_, sheet, reason) => {
  const error = await failure(() => found({ 'a.wav': wavOf('a'), 'index.csv': sheet }));
  expect([error.kind, error.message]).toEqual(['configuration', expect.stringContaining(reason)]);
  expect(error.message).not.toMatch(/441|Jos|other/);
});

it('ends a pattern that would take years', async () => {
  const names = { [`${'a'.repeat(60)}b.wav`]: wavOf('a') };
  const error = await failure(() => found(names, { pattern: '^(?<from>(a+)+)$' }, 50));
  expect([error.kind, error.message]).toEqual(['configuration', expect.stringContaining('takes too long')]);
});

it('opens a folder of the disk by the configuration, and says what is wrong with its address', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cci-folder-'));
  made.push(folder);
  await mkdir(join(folder, 'in'));
  await writeFile(join(folder, 'in', 'a.wav'), wavOf('a'));
  const provider = await openProvider(context({ url: `file:${folder}` }));
  expect(provider.name).toBe('folder');
  for (const [url, reason] of [
    [undefined, 'No folder of recordings is named'],
    [`file:${folder}/none`, 'There is no folder'],
    ['ftp://x', 'is not a store'],
  ])
    expect((await failure(() => openProvider(context({ url })))).message).toContain(reason);
});
const made: string[] = [];
afterEach(async () => {
  for (const each of made.splice(0)) await rm(each, { recursive: true });
});
