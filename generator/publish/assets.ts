import { sha256 } from '../lib/bytes.ts';
import { Damaged } from '../lib/errors.ts';
import { mapConcurrent } from '../lib/map-concurrent.ts';
import type { Store } from '../store/store.ts';
import { sampleOf } from './check/sample.ts';
import { type Verdict, verdictOf } from './check/verify.ts';

/**
 * The scripts, styles and fonts of the template, which the sites of all organizations share. Beside each lies an empty object whose key
 * says which bytes it must have, so that whoever lists the assets knows it: there is no list that could be damaged itself, or that two
 * runs could write over one another.
 *
 *     assets/page.B2xq.css
 *     assets/sha256/3fe1…/page.B2xq.css
 */
const FOLDER = 'assets/';
const HASH = /^sha256\/([0-9a-f]{64})\/(.+)$/;

const hashKey = (name: string, hash: string): string => `${FOLDER}sha256/${hash}/${name}`;

/** Looked into by each run, beside those that a listing shows to be missing or of another size. */
const SAMPLE = 4;

/** What a listing tells of one asset. */
export interface ListedAsset {
  /** Bytes; undefined: only its hash lies there. */
  size?: number;
  /** The SHA-256 of its bytes is one of these. Empty where an older version published it, which wrote none. */
  hashes: Set<string>;
}

/** Every asset by its name, e.g., "page.B2xq.css". */
export async function listAssets(store: Store): Promise<Map<string, ListedAsset>> {
  const assets = new Map<string, ListedAsset>();
  const of = (name: string): ListedAsset => {
    const asset = assets.get(name) ?? { hashes: new Set<string>() };
    assets.set(name, asset);
    return asset;
  };
  for await (const { key, size } of store.list(FOLDER)) {
    const rest = key.slice(FOLDER.length);
    const [, hash, name] = HASH.exec(rest) ?? [];
    if (hash !== undefined && name !== undefined) of(name).hashes.add(hash);
    else if (rest !== '') of(rest).size = size;
  }
  return assets;
}

/**
 * The bytes of one asset, undefined where it is not there.
 * @throws {Damaged} where they are not those that were published
 */
export async function readAsset(store: Store, name: string, { hashes }: ListedAsset): Promise<Uint8Array | undefined> {
  const object = await store.get(`${FOLDER}${name}`);
  if (object && hashes.size > 0 && !hashes.has(sha256(object.body)))
    throw new Damaged(`damaged asset: ${FOLDER}${name}`);
  return object?.body;
}

/**
 * Publish what the store does not have whole. Hashed names never change their content, so what is there stays; a few of them, others each
 * time, are looked into.
 * @param bundle name → bytes
 * @param turn decides which are looked into
 * @returns names of those that were published before and were missing or damaged
 */
export async function publishAssets(
  store: Store,
  bundle: ReadonlyMap<string, Uint8Array>,
  turn: string,
): Promise<string[]> {
  const listed = await listAssets(store);
  const all = [...bundle].map(([name, bytes]) => ({ name, bytes, hash: sha256(bytes), is: listed.get(name) }));
  const [there, missing] = [all.filter(isThere), all.filter((each) => !isThere(each))];
  const looked = await mapConcurrent(sampleOf(there, SAMPLE, turn), async (each) => {
    const object = await store.get(`${FOLDER}${each.name}`);
    const found = object && sha256(object.body);
    return found === each.hash || (found && each.is?.hashes.has(found)) ? [] : [each];
  });
  const wanted = [...missing, ...looked.flat()];
  // Its hash first: whoever finds an asset then knows what it must be.
  await mapConcurrent(
    all.filter(({ is, hash }) => !is?.hashes.has(hash)),
    ({ name, hash }) => store.put(hashKey(name, hash), ''),
  );
  await mapConcurrent(wanted, ({ name, bytes }) => store.put(`${FOLDER}${name}`, bytes));
  return wanted.filter(({ is }) => is !== undefined).map(({ name }) => name);
}

/**
 * Whether the assets that were published are there, as far as that is known without the bundle: all of a listing, and a few of them, others
 * each time, looked into.
 * @param turn decides which are looked into
 */
export async function assetsStand(store: Store, turn: string): Promise<boolean> {
  const listed = await listAssets(store);
  if (listed.size === 0 || [...listed.values()].some(({ size }) => size === undefined)) return false;
  const all = [...listed].map(([name, asset]) => ({ name, asset }));
  const verdicts = await mapConcurrent(sampleOf(all, SAMPLE, turn), ({ name, asset }) =>
    verdictOf(readAsset(store, name, asset)),
  );
  return verdicts.every((verdict) => verdict === undefined);
}

const isThere = ({ is, bytes }: { is: ListedAsset | undefined; bytes: Uint8Array }): boolean =>
  is?.size === bytes.byteLength;

/** One asset that is not as it was published. */
export interface AssetDamage {
  name: string;
  verdict: Verdict;
  /** Everything of it that lies there. */
  keys: string[];
}

export interface AssetInspection {
  assets: number;
  /** Of which no hash was published, so that nobody can say whether they are right. */
  unknown: number;
  damage: AssetDamage[];
}

/** Look at every asset: whether it is there and, where `deep`, whether its bytes are right. */
export async function inspectAssets(store: Store, deep: boolean): Promise<AssetInspection> {
  const listed = await listAssets(store);
  const damage = await mapConcurrent(listed, async ([name, asset]): Promise<AssetDamage[]> => {
    const verdict = await judgeAsset(store, name, asset, deep);
    if (verdict === undefined) return [];
    const hashes = [...asset.hashes].map((hash) => hashKey(name, hash));
    return [{ name, verdict, keys: [...(asset.size === undefined ? [] : [`${FOLDER}${name}`]), ...hashes] }];
  });
  const unknown = [...listed.values()].filter(({ hashes }) => hashes.size === 0).length;
  return { assets: listed.size, unknown, damage: damage.flat() };
}

async function judgeAsset(store: Store, name: string, asset: ListedAsset, deep: boolean): Promise<Verdict | undefined> {
  if (asset.size === undefined) return 'missing';
  return deep ? verdictOf(readAsset(store, name, asset)) : undefined;
}

/**
 * Write damaged assets again.
 * @param bundle of whatever version: name → bytes. Only bytes that were published under a name are written again under it
 * @returns those that it does not have
 */
export async function repairAssets(
  store: Store,
  damage: readonly AssetDamage[],
  bundle: ReadonlyMap<string, Uint8Array>,
): Promise<AssetDamage[]> {
  const left = await mapConcurrent(damage, async (each) => {
    const bytes = bundle.get(each.name);
    if (bytes === undefined || !each.keys.includes(hashKey(each.name, sha256(bytes)))) return [each];
    await store.put(`${FOLDER}${each.name}`, bytes);
    return [];
  });
  return left.flat();
}
