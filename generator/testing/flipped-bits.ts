import { brotliDecompressSync } from 'node:zlib';
import type { OrganizationId } from '../../site/gate/auth/tenant.ts';
import { openSites } from '../../site/gate/content/sites.ts';
import { sha256 } from '../lib/bytes.ts';
import { readPointer } from '../publish/read.ts';
import type { Store } from '../store/store.ts';
import { snapshotOf, storeOf } from './copies.ts';
import { type Moment, momentOf, ORG, problemOf, runAll } from './publish-faults.ts';
import { isSame, readWholeSite, type Site } from './whole-site.ts';

/** One bit of one object that has turned over. */
export interface Flip {
  /** Which object of the organization, by its place in the listing, as a part of the whole. */
  object: number; // 0 ≤ object < 1
  /** Which bit of it, likewise. */
  bit: number;
}

export interface FlipResult {
  key: string;
  /** Files of the site that the gate's code served, and that it would not. */
  served: number;
  refused: number;
  /** What made the site whole again; "no need": no file of the site has that bit. */
  healedBy: 'no need' | 'the next run' | 'a run that builds everything again';
}

/** A published site with older builds beside it, and nothing new in the input. */
export async function momentToDamage(): Promise<Moment> {
  const moment = await momentOf('new call');
  const { before, clock, world } = moment;
  const reports = await storeOf(before, clock);
  await runAll(world, reports);
  return { ...moment, before: await snapshotOf(reports), time: clock.time, old: moment.wanted };
}

/**
 * Turn one bit over, ask the gate's reading code for every file, and let the generator put it right.
 * @throws where a byte is served that is not of the site, or the site does not become right again
 */
export async function surviveFlip({ clock, world, before, time, wanted }: Moment, flip: Flip): Promise<FlipResult> {
  clock.time = time;
  const reports = await storeOf(before, clock);
  const publishedAt = (await readPointer(reports, ORG))?.pointer.publishedAt;
  const objects = before.filter(({ key }) => key.startsWith(`${ORG}/`));
  const { key, body } = objects[Math.floor(flip.object * objects.length)] as (typeof objects)[number];
  const bit = Math.floor(flip.bit * body.byteLength * 8);
  await reports.put(
    key,
    body.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)),
  );
  const what = `${key}, bit ${bit}`;
  const counts = await readAll(reports, wanted, publishedAt, what);
  clock.time += 60_000;
  return { key, ...counts, healedBy: await heal(reports, { world, wanted }, what) };
}

/** Ask for every file as the gate does. */
async function readAll(reports: Store, wanted: Site, publishedAt: string | undefined, what: string) {
  const sites = openSites(reports);
  const org = ORG as OrganizationId;
  let served = 0;
  for (const [path, hash] of wanted) {
    const bytes = await sites.find(org, path).then(
      (found) => (typeof found === 'string' ? undefined : read(found.file)),
      () => undefined,
    );
    if (bytes === undefined) continue;
    if (sha256(bytes) !== hash) throw new Error(`${what}: wrong bytes are served at ${path}`);
    served++;
  }
  const shown = await sites.current(org).catch(() => undefined);
  if (shown !== undefined && shown.publishedAt !== publishedAt) throw new Error(`${what}: a wrong time is shown`);
  return { served, refused: wanted.size - served };

  async function read(file: Parameters<typeof sites.read>[1]): Promise<Uint8Array | undefined> {
    const packed = file.encoding === 'br';
    const bytes = await sites.read(org, file, packed ? 'br' : 'identity').catch(() => undefined);
    return bytes && packed ? brotliDecompressSync(bytes) : bytes;
  }
}

async function heal(
  reports: Store,
  { world, wanted }: Pick<Moment, 'world' | 'wanted'>,
  what: string,
): Promise<FlipResult['healedBy']> {
  const isRight = async () => isSame(await readWholeSite(reports, ORG).catch(() => undefined), wanted);
  const wasRight = await isRight();
  const next = await runAll(world, reports);
  if (!('result' in next)) throw new Error(`${what}: the next run fails: ${problemOf(next)}`);
  if (await isRight()) return wasRight ? 'no need' : 'the next run';
  await runAll({ ...world, force: true }, reports);
  if (!(await isRight())) throw new Error(`${what}: the site does not become right again`);
  return 'a run that builds everything again';
}
