import { UserError } from '../../lib/errors.ts';
import { type Config, PipelineConfig } from '../../pipeline/config.ts';
import type { JsonObject } from '../../source/json.ts';
import { readConfigJson } from '../../source/read-config.ts';
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
