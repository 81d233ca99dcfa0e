import { brotliDecompressSync } from 'node:zlib';
import type { OrganizationId } from '../../site/gate/auth/tenant.ts';
import { openSites } from '../../site/gate/content/sites.ts';
import { verifySites } from '../commands/verify.ts';
import { sha256 } from '../lib/bytes.ts';
import { readPointer } from '../publish/read.ts';
import type { Store } from '../store/store.ts';
import { snapshotOf, storeOf } from './copies.ts';
import { type Moment, momentOf, ORG, problemOf, runAll } from './publish-faults.ts';
import { EVERYBODY, type Mailbox, mailbox, withDigests } from './sent-digests.ts';
import { isSame, readWholeSite, type Site } from './whole-site.ts';

/** What a bit may turn over in, and where that lies. */
const PLACES = {
  pointer: /^org_1\/pointer\.json$/,
  manifest: /^org_1\/builds\//,
  'page, data or state': /^org_1\/blobs\//,
  'sent days': /^org_1\/sent-days\.json$/,
  ledger: /^mail\/ledger\//,
  asset: /^assets\//,
} as const;
export type Kind = keyof typeof PLACES;
export const KINDS = Object.keys(PLACES) as Kind[];

/** One bit of one object that has turned over. */
export interface Flip {
  kind: Kind;
  /** Which object of that kind, by its place in the listing, as a part of the whole. */
  object: number; // 0 ≤ object < 1
  /** Which bit of it, likewise. */
  bit: number;
}

export interface FlipResult {
  key: string;
  /** Files of the site and assets that the gate's code served, and that it would not. */
  served: number;
  refused: number;
  /** Whether `verify --deep` has told of it. Of a ledger it tells nothing, and of a bit that changes no byte of any file. */
  found: boolean;
}

/** A published site with older builds beside it, digests that were sent, and nothing new in the input. */
export async function momentToDamage(): Promise<Moment> {
  const moment = await momentOf('new call', withDigests());
  const { before, clock, world } = moment;
  const reports = await storeOf(before, clock);
  await runAll(world, reports);
  await mailbox(world).send(reports, 'calls');
  return { ...moment, before: await snapshotOf(reports), time: clock.time, old: moment.wanted };
}

/**
 * Turn one bit over, ask the gate's reading code for every file, and do what an operator does: `verify --deep`, then `build`, which
 * leave nothing to be found. A bit of the ledger makes nobody get a digest twice, and keeps nobody from the next day's.
 * @throws where a byte is served that is not of the site, or not all becomes right again
 */
export async function surviveFlip(moment: Moment, { kind, object, bit: part }: Flip): Promise<FlipResult> {
  const { clock, world, before, time, wanted } = moment;
  clock.time = time;
  const reports = await storeOf(before, clock);
  const publishedAt = (await readPointer(reports, ORG))?.pointer.publishedAt;
  const objects = before.filter(({ key, body }) => PLACES[kind].test(key) && body.byteLength > 0);
  const { key, body } = objects[Math.floor(object * objects.length)] as (typeof objects)[number];
  const bit = Math.floor(part * body.byteLength * 8);
  await reports.put(
    key,
    body.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)),
  );
  const what = `${key}, bit ${bit}`;
  const assets = await world.renderer.assets();
  const counts = await readAll(reports, { wanted, assets, publishedAt }, what);
  clock.time += 60_000;
  if (PLACES.ledger.test(key) || PLACES['sent days'].test(key)) await sendAgain(mailbox(world), reports, what);
  const isRight = async () => isSame(await readWholeSite(reports, ORG).catch(() => undefined), wanted);
  const found = await verify(reports);
  if (!found && !(await isRight())) throw new Error(`${what}: verify --deep does not find it`);
  const next = await runAll(world, reports);
  if (!('result' in next)) throw new Error(`${what}: the next run fails: ${problemOf(next)}`);
  if (await verify(reports)) throw new Error(`${what}: verify --deep still finds something after the next run`);
  if (!(await isRight())) throw new Error(`${what}: the site does not become right again`);
  for (const [name, bytes] of assets)
    if (sha256((await reports.get(`assets/${name}`))?.body ?? '') !== sha256(bytes))
      throw new Error(`${what}: the asset ${name} does not become right again`);
  return { key, ...counts, found };

  async function verify(store: Store): Promise<boolean> {
    return (await verifySites(store, { deep: 'true' }, () => world.renderer.assets())).failed;
  }
}

interface Published {
  wanted: Site;
  assets: ReadonlyMap<string, Uint8Array>;
  publishedAt: string | undefined;
}

/** Ask for every file and asset as the gate does. */
async function readAll(reports: Store, { wanted, assets, publishedAt }: Published, what: string) {
  const sites = openSites(reports);
  const org = ORG as OrganizationId;
  let served = 0;
  const count = (name: string, bytes: Uint8Array | undefined, hash: string) => {
    if (bytes === undefined) return;
    if (sha256(bytes) !== hash) throw new Error(`${what}: wrong bytes are served at ${name}`);
    served++;
  };
  for (const [path, hash] of wanted) {
    const bytes = await sites.find(org, path).then(
      (found) => (typeof found === 'string' ? undefined : read(found.file)),
      () => undefined,
    );
    count(path, bytes, hash);
  }
  for (const [name, bytes] of assets) {
    const asset = await sites.asset(`/assets/${name}`).catch(() => undefined);
    count(name, asset?.plain, sha256(bytes));
  }
  const shown = await sites.current(org).catch(() => undefined);
  if (shown !== undefined && shown.publishedAt !== publishedAt) throw new Error(`${what}: a wrong time is shown`);
  return { served, refused: wanted.size + assets.size - served };

  async function read(file: Parameters<typeof sites.read>[1]): Promise<Uint8Array | undefined> {
    const packed = file.encoding === 'br';
    const bytes = await sites.read(org, file, packed ? 'br' : 'identity').catch(() => undefined);
    return bytes && packed ? brotliDecompressSync(bytes) : bytes;
  }
}

/** The same day's run sends nobody a second digest, and the next day's sends everybody one. */
async function sendAgain({ send, sent }: Mailbox, reports: Store, what: string): Promise<void> {
  await send(reports, 'calls');
  const next = await send(reports, 'quiet');
  const { calls, quiet } = sent();
  if (calls > 0) throw new Error(`${what}: ${calls} digests were sent twice`);
  if (quiet !== EVERYBODY) throw new Error(`${what}: the next day ${quiet} digests were sent: ${next.text.join(' ')}`);
}
