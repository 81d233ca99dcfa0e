import { UserError } from '../../lib/errors.ts';
import { mapConcurrent } from '../../lib/map-concurrent.ts';
import { quoted, say } from '../../lib/printable.ts';
import type { Settings } from '../../settings.ts';
import { isOrganization } from '../../source/layout.ts';
import type { Store } from '../../store/store.ts';
import { PIPELINE_CONFIG } from './read-config.ts';

/**
 * The organizations that a command of the pipeline is about: those named, else those with a `pipeline-config.json`.
 * @throws {UserError} where a name can be none, or there is none
 */
export async function pipelineOrganizations(config: Store, { org: named }: Pick<Settings, 'org'>): Promise<string[]> {
  const wrong = (named ?? []).filter((each) => !isOrganization(each));
  if (wrong.length > 0)
    throw new UserError(wrong.map((each) => say`--org: ${quoted(each)} is not an organization’s id.`));
  const all = named ?? (await configuredOrganizations(config));
  if (all.length === 0)
    throw new UserError([
      say`No organization in ${config.url} has a ${PIPELINE_CONFIG}, so there is no pipeline to run. Write one, even if it is only {}, or name the organization with --org.`,
    ]);
  return [...new Set(all)].sort();
}

/** Those with a `pipeline-config.json`. */
export async function configuredOrganizations(config: Store): Promise<string[]> {
  const orgs = (await config.folders('')).filter(isOrganization);
  const isConfigured = async (org: string): Promise<boolean> => {
    const key = `${org}/${PIPELINE_CONFIG}`;
    for await (const each of config.list(key)) if (each.key === key) return true;
    return false;
  };
  const configured = await mapConcurrent(orgs, isConfigured);
  return orgs.filter((_, i) => configured[i]);
}
