import { sha256, stableJson } from '../lib/bytes.ts';
import { UserError } from '../lib/errors.ts';
import { LIMITS } from '../lib/limits.ts';
import { say } from '../lib/printable.ts';
import type { Store } from '../store/store.ts';
import { hasDigest, type TenantConfig, tenantConfig } from '../tenants/config.ts';
import { type JsonObject, readObject } from './json.ts';
import { reasonOf } from './refusals.ts';

export interface ConfigRead {
  config: TenantConfig;
  /** The tenant's logo, where one is configured. */
  logo?: Uint8Array;
  /** Hash of all that pages may depend on: not of the digest's times and recipients. */
  hash: string;
}

/** A logo on every page and in no way larger than it looks. */
const MAX_LOGO_BYTES = 256 * 1024;

/**
 * An organization's configuration. A missing object gives defaults; one that is there but wrong fails the organization,
 * because a site built on half a configuration would look right and be wrong.
 * @throws {UserError} with every problem, in sentences
 */
export async function readConfig(store: Store, org: string, hasMaskingKey: boolean): Promise<ConfigRead> {
  const names = ['report-config.json', 'qa-config.json', 'ai-config.json'];
  const [report, qa, ai] = await Promise.all(names.map((name) => readConfigJson(store, org, name)));
  const config = tenantConfig(report, qa, hasMaskingKey, ai);
  const logo = config.brand.logo === undefined ? undefined : await readLogo(store, org, config.brand.logo);
  const shown = { ...config, digest: hasDigest(config) };
  return { config, logo, hash: sha256(stableJson([shown, logo && sha256(logo)])) };
}

/**
 * A file of an organization's configuration as JSON; undefined where there is none.
 * @throws {UserError} where it cannot be read
 */
export async function readConfigJson(store: Store, org: string, name: string): Promise<JsonObject | undefined> {
  const object = await store.get(`${org}/${name}`);
  if (!object) return undefined;
  const tooLarge = { ok: false, refusal: { code: 'too-large', given: { limit: 8 } } } as const;
  const read = object.body.byteLength > LIMITS.objectBytes ? tooLarge : readObject(object.body);
  if (read.ok) return read.value;
  throw new UserError([say`${name}: ${reasonOf(read.refusal)}. Correct the file, or remove it to use the defaults.`]);
}

async function readLogo(store: Store, org: string, name: string): Promise<Uint8Array> {
  const object = await store.get(`${org}/${name}`);
  if (!object)
    throw new UserError([
      say`report-config.json: "brand.logo" is "${name}", but there is no such file beside it. Add it, or remove the setting.`,
    ]);
  if (object.body.byteLength > MAX_LOGO_BYTES)
    throw new UserError([
      say`${name}: the logo has ${object.body.byteLength} bytes; at most ${MAX_LOGO_BYTES} are used. Make it smaller.`,
    ]);
  return object.body;
}
