import type { State } from '../days/state.ts';
import { objectsOf, plainRenderer } from '../fixtures/world.ts';
import { decodeText, decompress, encodeText } from '../lib/bytes.ts';
import type { Family, Pointer } from '../publish/manifest.ts';
import { readManifest } from '../publish/read.ts';
import { readStatus } from '../publish/status.ts';
import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/store.ts';
import { snapshotOf, storeOf } from './copies.ts';
import { checkHealing, DOOMED, type Moment, ORG, problemOf, runAll } from './publish-faults.ts';
import { EVERYBODY, type Mailbox, mailbox } from './sent-digests.ts';
import { isSame, readWholeSite } from './whole-site.ts';

/** What may be lost of the reports store. */
const PIECES = [
  'pointer',
  'manifest',
  'part of calls',
  'part of the site',
  'state',
  'page',
  'data',
  'day',
  'range',
  'month',
  'parties',
  'kept manifest',
  'builds',
  'blobs',
  'status',
  'assets',
  'ledger',
  'day of the ledger',
  'record',
  'sent days',
  'everything',
] as const;
type Piece = (typeof PIECES)[number];

export const DAMAGES = [
  'removed',
  'emptied',
  'truncated',
  'other JSON',
  'fields of other types',
  'another organization’s',
] as const;
type Damage = (typeof DAMAGES)[number];

export interface Loss {
  piece: Piece;
  damage: Damage;
}

/** When a call is deleted upstream: before the loss, between it and the next run, or only after that run. */
export const DELETIONS = ['long before', 'at once', 'later'] as const;
export type Deletion = (typeof DELETIONS)[number];

/** Keys of each piece, as they lie there. */
type Pieces = { [piece in Piece]: string[] };

async function piecesOf(store: Store, org: string): Promise<Pieces> {
  const read = async (key: string) => (await store.get(`${org}/${key}`))?.body ?? new Uint8Array();
  const pointer = JSON.parse(decodeText(await read('pointer.json'))) as Pointer;
  const { files } = await readManifest(store, org, pointer);
  const partOf = (family: Family) => [...files.parts()].find(({ place }) => place?.family === family)?.at?.blob;
  const state = decodeText(await decompress(await read(pointer.state.blob)));
  const { ranges, months } = JSON.parse(state) as State;
  const [month] = Object.values(months);
  const keys = (await snapshotOf(store)).map(({ key }) => key);
  const ofOrg = (name: string | undefined) => (name === undefined ? [] : [`${org}/${name}`]);
  return {
    pointer: ofOrg('pointer.json'),
    manifest: ofOrg(pointer.manifest),
    state: ofOrg(pointer.state.blob),
    'part of calls': ofOrg(partOf('calls')),
    'part of the site': ofOrg(partOf('site')),
    page: ofOrg((await files.get('/calls/a/'))?.blob),
    data: ofOrg((await files.get('/data/overview.json'))?.blob),
    day: ofOrg(/blobs\/[\w.-]+/.exec(state)?.[0]),
    range: ofOrg(ranges[0]?.blob),
    month: ofOrg(month?.counts.blob),
    parties: ofOrg(month?.parties.blob),
    'kept manifest': ofOrg(pointer.kept[0]?.manifest),
    builds: keys.filter((key) => key.startsWith(`${org}/builds/`)),
    blobs: keys.filter((key) => key.startsWith(`${org}/blobs/`)),
    status: ['status.json'],
    assets: keys.filter((key) => key.startsWith('assets/')),
    ledger: keys.filter((key) => key.startsWith(`mail/ledger/${org}/`)),
    'day of the ledger': keys.filter((key) => key.startsWith(`mail/ledger/${org}/2`)),
    record: keys.filter((key) => /\/[0-9a-f]{32}\.json$/.test(key)).slice(0, 1),
    'sent days': ofOrg('sent-days.json'),
    everything: keys,
  };
}

/** A moment to lose something in, with what another organization has in the place of each piece. */
export interface LossMoment {
  moment: Moment;
  deletion: Deletion;
  pieces: Pieces;
  /** Of the other organization, by piece. */
  foreign: { [piece in Piece]: Uint8Array };
}

/** What a run finds, in a world of which digests have been sent. @param moment of the story of the deleted call */
export async function lossMomentOf(moment: Moment, deletion: Deletion): Promise<LossMoment> {
  const { clock, world, time } = moment;
  clock.time = time;
  const reports = await storeOf(moment.before, clock);
  if (deletion === 'long before') await runAll(world, reports);
  await mailbox(world).send(reports, 'calls');
  const other = memoryStore(() => clock.time);
  const theirs = async (store: Store) => {
    const copy = memoryStore(() => clock.time);
    for (const { key, body } of await snapshotOf(store)) await copy.put(key.replace(ORG, 'org_2'), body);
    return copy;
  };
  const neighbour = { ...world, results: await theirs(world.results), config: await theirs(world.config) };
  await runAll(neighbour, other);
  await mailbox(neighbour).send(other, 'calls');
  const others = await piecesOf(other, 'org_2');
  const foreign: Partial<LossMoment['foreign']> = {};
  for (const piece of PIECES) foreign[piece] = (await other.get(others[piece][0] ?? others.manifest[0] ?? ORG))?.body;
  return {
    ...{ moment: { ...moment, before: await snapshotOf(reports), time: clock.time }, deletion },
    ...{ pieces: await piecesOf(reports, ORG), foreign: foreign as LossMoment['foreign'] },
  };
}

/**
 * Lose or damage pieces of the store; then the next run makes the right site, no byte of a deleted call is left, and digests go on
 * without one that is sent twice.
 * @throws where it does not
 */
export async function surviveLoss({ moment, deletion, pieces, foreign }: LossMoment, losses: readonly Loss[]) {
  const { clock, world, before, time } = moment;
  clock.time = time;
  const reports = await storeOf(before, clock);
  for (const { piece, damage } of losses)
    for (const key of pieces[piece]) await harm(reports, key, damage, foreign[piece]);
  if (deletion === 'later') {
    const results = await storeOf(await snapshotOf(world.results), clock);
    for (const [key, text] of objectsOf(ORG, DOOMED)) await results.put(`${ORG}/${key}`, text);
    const outcome = await runAll({ ...world, results }, reports);
    if (!('result' in outcome)) throw new Error(`the run before the deletion fails: ${problemOf(outcome)}`);
    const fresh = memoryStore();
    await runAll({ ...world, results }, fresh);
    if (!isSame(await readWholeSite(reports, ORG), await readWholeSite(fresh, ORG)))
      throw new Error('the run before the deletion does not make the right site');
  }
  await checkHealing(moment, reports);
  await checkSurroundings(reports);
  if (losses.some(({ piece }) => SENDING.includes(piece))) await checkDigests(mailbox(world), reports, losses);
}

/** What digests rest on beside the site, which is right again by then. */
const SENDING: readonly Piece[] = ['status', 'ledger', 'day of the ledger', 'record', 'sent days', 'everything'];
const LEDGER: readonly Piece[] = ['ledger', 'day of the ledger', 'everything'];
const NOTE: readonly Piece[] = ['sent days', 'everything'];

/**
 * Nobody gets the digest of a day twice. A ledger that is gone stops the organization's digests until a person has decided; in all other
 * cases the next day's go out.
 */
async function checkDigests({ send, sent }: Mailbox, reports: Store, losses: readonly Loss[]): Promise<void> {
  const isGone = (pieces: readonly Piece[]) =>
    losses.some(({ piece, damage }) => damage === 'removed' && pieces.includes(piece));
  // Then nothing tells the organization from a new one.
  const isForgotten = isGone(LEDGER) && isGone(NOTE);
  const again = await send(reports, 'calls');
  if (!isForgotten && sent().calls > 0) throw new Error(`${sent().calls} digests were sent twice`);
  const isStopped = again.text.some((sentence) => sentence.includes('its ledger is lost'));
  if (isStopped !== (isGone(LEDGER) && !isForgotten)) throw new Error(`of its ledger is said: ${again.text.join(' ')}`);
  if (isStopped) {
    const next = await send(reports, 'quiet');
    if (!next.failed || sent().quiet > 0) throw new Error('digests are sent without a ledger');
    await send(reports, 'calls', { newLedger: true });
    if (sent().calls > 0) throw new Error('a day that counts as sent is sent');
  }
  const next = await send(reports, 'quiet');
  if (sent().quiet !== EVERYBODY) throw new Error(`the next day's digests do not go out: ${next.text.join(' ')}`);
}

async function harm(store: Store, key: string, damage: Damage, foreign: Uint8Array): Promise<void> {
  const object = await store.get(key);
  if (!object) return;
  if (damage === 'removed') return store.remove(key);
  const { body } = object;
  const bodies = {
    emptied: new Uint8Array(),
    truncated: body.slice(0, Math.floor(body.byteLength / 2)),
    'other JSON': encodeText('{"version":1}'),
    // Of the right version and organization, so that it may be taken for whole.
    'fields of other types': encodeText(
      `{"version":1,"organization":"${ORG}","organizations":{"${ORG}":7},"generation":"1","kept":{},"state":null,"files":[]}`,
    ),
    // Where it has the same size, which no listing tells from the right one, with a line's end: the same size is the matter of flipped bits.
    'another organization’s': Buffer.concat([foreign, encodeText(foreign.byteLength === body.byteLength ? '\n' : '')]),
  };
  await store.put(key, bodies[damage]);
}

/** What belongs to no organization is right again too. */
async function checkSurroundings(reports: Store): Promise<void> {
  for (const [name, bytes] of await plainRenderer.assets()) {
    const asset = await reports.get(`assets/${name}`);
    if (!asset || Buffer.compare(asset.body, bytes) !== 0) throw new Error(`the asset ${name} is not as it should be`);
  }
  const { status } = await readStatus(reports);
  const told = status.organizations[ORG];
  if (told?.calls === undefined || told.problem !== undefined) throw new Error('the status does not tell of the site');
}

/** Everything that may be lost, in every way. */
export const ALL_LOSSES: readonly Loss[] = PIECES.flatMap((piece) => DAMAGES.map((damage) => ({ piece, damage })));

export const nameOfLosses = (losses: readonly Loss[]): string =>
  losses.map(({ piece, damage }) => `${piece} ${damage}`).join(', ');
