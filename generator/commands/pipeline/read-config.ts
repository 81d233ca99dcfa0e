import { UserError } from '../../lib/errors.ts';
import { LIMITS } from '../../lib/limits.ts';
import { say } from '../../lib/printable.ts';
import { type Config, PipelineConfig } from '../../pipeline/config.ts';
import { type JsonObject, readObject } from '../../source/json.ts';
import { reasonOf } from '../../source/refusals.ts';
import type { Store } from '../../store/store.ts';
import { problemOf } from '../../tenants/config-problems.ts';

/** The file of an organization that says what its pipeline does. */
export const PIPELINE_CONFIG = 'pipeline-config.json';

/**
 * What one organization's pipeline does. A missing file gives the defaults.
 * @throws {UserError} with every problem of a file that is there and wrong, in sentences
 */
export async function readPipelineConfig(store: Store, org: string): Promise<{ config: Config; isThere: boolean }> {
  const spec = await readConfigJson(store, org, PIPELINE_CONFIG);
  return { config: pipelineConfig(spec ?? {}), isThere: spec !== undefined };
}

/** @throws {UserError} with every problem */
function pipelineConfig(spec: JsonObject): Config {
  const parsed = PipelineConfig.safeParse(spec);
  if (parsed.success) return parsed.data;
  throw new UserError(parsed.error.issues.map((issue) => problemOf(issue, spec, PipelineConfig, PIPELINE_CONFIG)));
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
