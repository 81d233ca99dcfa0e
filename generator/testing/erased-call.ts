import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { type EraseContext, type Erased, eraseCall } from '../erase/erase.ts';
import { type CallSpec, CONFIG, memoryWorld, objectsOf, putCall, rule } from '../fixtures/world.ts';
import { silentLog } from '../lib/console.ts';
import { buildAll } from '../run.ts';
import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';
import { readOnly } from '../store/testing/read-only.ts';
import { type Snapshot, snapshotOf, storeOf } from './copies.ts';
import { readWholeSite, type Site, termsIn } from './whole-site.ts';

export const ORG = 'org_1';
/** In every text, name and id of the call that is to be erased, and in nothing else. */
export const CANARY = 'Qz7Canary';
/** The number of its outside party, which no other call has. */
export const NUMBER = '441632960773';
export const DOOMED_ID = `rec-${CANARY}-5`;
/** Something of it that only it says. */
export const said = (part: string): string =>
  `${CANARY} ${part} that nobody else has ever said to anybody & "more" <of> it`;

/** A call with something of its own in every field. */
export const doomed = (id = DOOMED_ID): CallSpec => ({
  id,
  call: {
    from_number: `+${NUMBER}`,
    start_timestamp: '2026-03-29T10:00:00Z',
    end_timestamp: '2026-03-29T10:01:00Z',
    direction: said('direction'),
    overall: said('label'),
    duration_seconds: said('length'),
    grade: said('grade'),
    summary: [said('summary')],
    topic: [said('topic')],
    next_steps: [said('step'), { [said('key')]: said('value') }],
    audio_uri: `s3://input/${ORG}/audio/${CANARY}.mp3`,
  },
  qa: [
    rule('Identity verified', {
      ...{ pass: false, score: 10, evidence: said('evidence'), coach_note: said('note'), category: said('category') },
      ...{ overall_score: 100, grade: said('grade') },
    }),
    rule(said('rule'), { overall_score: 100, grade: said('grade') }),
  ],
  enriched: {
    transcript: ['first', 'second', 'third'].map((turn, i) => ({
      ...{ speaker: i % 2 === 0 ? 'agent' : said('speaker'), start_time: i, end_time: i + 1, text: said(turn) },
    })),
  },
});

/** Neighbours: of the same day and agent, with ids that hold the other's start, and one that comes last. */
const NEIGHBOURS: readonly CallSpec[] = [
  { id: 'a', call: { start_timestamp: '2026-03-29T09:00:00Z', end_timestamp: '2026-03-29T09:01:00Z' } },
  { id: 'rec-5', call: { start_timestamp: '2026-03-29T11:00:00Z', end_timestamp: '2026-03-29T11:01:00Z' } },
  { id: 'z' },
];

/** Buckets with the call and its neighbours, and whatever the configuration says. */
async function worldWithCall(
  spec: CallSpec = doomed(),
  { config = {}, reports = memoryStore() }: { config?: object; reports?: Store } = {},
): Promise<EraseContext> {
  const world = { ...memoryWorld({ reports, acceptLoss: false }), logFor: () => silentLog };
  const metadata = { Note: 'note' };
  await world.config.put(`${ORG}/report-config.json`, JSON.stringify({ ...CONFIG, metadata, ...config }));
  for (const each of [spec, ...NEIGHBOURS]) await putCall(world.results, ORG, each);
  const note = { raw: { metadata: { note: said('metadata') } } };
  await world.results.put(`${ORG}/final/v1.0/${spec.id}.json`, JSON.stringify(note));
  return world;
}

const built = new Map<string, Promise<{ results: Snapshot; config: Snapshot; reports: Snapshot }>>();

/** The same with its site published: built once, and copied each time. */
export async function builtWorld(
  spec: CallSpec = doomed(),
  config: object = {},
  maskingKey?: string,
): Promise<EraseContext> {
  const key = JSON.stringify([spec, config]);
  const made = built.get(key) ?? snapshotsOf(spec, config, maskingKey);
  built.set(key, made);
  const { results, config: configs, reports } = await made;
  const clock = { time: 0 };
  return {
    ...memoryWorld({ acceptLoss: false, maskingKey }),
    logFor: () => silentLog,
    results: await storeOf(results, clock),
    config: await storeOf(configs, clock),
    reports: await storeOf(reports, clock),
  };
}

async function snapshotsOf(spec: CallSpec, config: object, maskingKey?: string) {
  const world = { ...(await worldWithCall(spec, { config })), maskingKey };
  await buildOnce(world);
  return {
    results: await snapshotOf(world.results),
    config: await snapshotOf(world.config),
    reports: await snapshotOf(world.reports),
  };
}

export async function buildOnce(world: EraseContext): Promise<void> {
  const [outcome] = await buildAll(world, [ORG]);
  if (outcome === undefined || 'problems' in outcome) throw new Error(outcome?.problems.join(' '));
}

/** Delete what the pipeline holds of a call. */
export async function deleteUpstream(
  { results }: Pick<EraseContext, 'results'>,
  spec: CallSpec = doomed(),
): Promise<void> {
  const names = [...objectsOf(ORG, spec).keys(), `final/v1.0/${spec.id}.json`];
  for (const name of names) await results.remove(`${ORG}/${name}`);
}

export const eraseIt = (world: EraseContext, given = DOOMED_ID): Promise<Erased> =>
  eraseCall({ ...world, results: readOnly(world.results), config: readOnly(world.config) }, ORG, given);

/**
 * Keys of the objects that hold any of some texts: in the key, or in the bytes as they are, unpacked, with their codes read, or as words that are searched. Written
 * anew here, and not with the command's own search.
 */
export async function keysHolding(store: Store, texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of store.list(''))
    if (holds(key, (await store.get(key))?.body ?? new Uint8Array(), texts)) found.push(key);
  return found;
}

/** The same of every file in a folder, whatever it is there for. */
export async function filesHolding(folder: string, texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (holds(file, entry.isFile() ? await readFile(file) : new Uint8Array(), texts)) found.push(file);
  }
  return found;
}

function holds(name: string, body: Uint8Array, texts: readonly string[]): boolean {
  const forms = formsOf(Buffer.from(body));
  return texts.some(
    (text) => name.includes(text) || forms.some((form) => form.includes(text) || form.includes(text.toLowerCase())),
  );
}

function formsOf(body: Buffer): string[] {
  const unpacked = [brotliDecompressSync, gunzipSync, zstdDecompressSync].flatMap((unpack) => {
    try {
      return [unpack(body)];
    } catch {
      return [];
    }
  });
  return [body, ...unpacked, ...unpacked.flatMap(termsIn)].flatMap((bytes) => {
    const text = bytes.toString('utf8');
    const lines = text.split('\r\n').filter((line) => /^[\w+/]{16,}={0,2}$/.test(line));
    return [
      text,
      text.replaceAll(/\\u00(..)/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      text.replaceAll(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code))),
      text.replaceAll(/[%=]([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      text.replaceAll(/=\r\n/g, ''),
      Buffer.from(lines.join(''), 'base64').toString('utf8'),
    ];
  });
}

/** The site that the input makes now, built for the first time. */
export async function freshSite(world: EraseContext): Promise<Site | undefined> {
  const fresh = { ...world, reports: memoryStore() };
  await buildOnce(fresh);
  return readWholeSite(fresh.reports, ORG);
}

/**
 * What a run leaves that is killed before it switches the pointer: all objects of a build, under another generation.
 * @param of the reports store when the build was there
 * @returns keys of those that hold the canary
 */
export async function leftByKilledRun(reports: Store, generation: number, of?: Snapshot): Promise<string[]> {
  const before = of ?? (await snapshotOf(reports));
  const doomedKeys = new Set(await keysHolding(await storeOf(before, { time: 0 }), [CANARY]));
  const left: string[] = [];
  for (const { key, body } of before) {
    const as = key.includes('/builds/')
      ? key.replace(/\/\d+-/, `/${generation}-`)
      : key.replace(/(\/blobs\/.*\.)\d+$/, `$1${generation}`);
    if (as === key) continue;
    await reports.put(as, body);
    if (doomedKeys.has(key)) left.push(as);
  }
  return left.sort();
}
