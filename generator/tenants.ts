import { each } from './lib/each.ts';
import { messageOf, UserError } from './lib/errors.ts';
import { maskNames } from './normalize/names.ts';
import { readConfig } from './source/config.ts';
import { isOrganization } from './source/layout.ts';
import type { Store } from './store/store.ts';

/** What the stores hold of one organization. */
export interface Tenant {
  org: string;
  /** Whether the pipeline has written anything of it. */
  input: boolean;
  /** Its report-config.json. */
  config: 'right' | 'none' | 'wrong';
  /** What is wrong with its configuration, in sentences. */
  problems?: string[];
  site: boolean;
}

export interface Survey {
  organizations: Tenant[];
  /** First segments in the results store that are no organization's id. */
  ignored: string[];
}

/**
 * What is there, before anything is built: everything that is named in the results, the configuration or the reports.
 * @param hasMaskingKey whether CCI_MASKING_KEY is set: without it a configuration that masks is wrong
 */
export async function surveyTenants(
  { results, config, reports }: { results: Store; config: Store; reports: Store },
  hasMaskingKey: boolean,
): Promise<Survey> {
  const segments = await results.folders('');
  const input = segments.filter(isOrganization);
  const configured = (await config.folders('')).filter(isOrganization);
  const sites = (await reports.folders('')).filter(isOrganization);
  const orgs = [...new Set([...input, ...configured, ...sites])].sort();
  const organizations = await each(orgs, async (org): Promise<Tenant> => {
    const found = await configOf(config, org, hasMaskingKey);
    return { org, input: input.includes(org), ...found, site: sites.includes(org) };
  });
  const ignored = segments.filter((segment) => !isOrganization(segment));
  return { organizations, ignored: hasMaskingKey ? ignored.map(maskNames) : ignored };
}

async function configOf(
  store: Store,
  org: string,
  hasMaskingKey: boolean,
): Promise<Pick<Tenant, 'config' | 'problems'>> {
  try {
    const { config } = await readConfig(store, org, hasMaskingKey);
    return { config: config.configured ? 'right' : 'none' };
  } catch (error) {
    return { config: 'wrong', problems: error instanceof UserError ? error.problems : [messageOf(error)] };
  }
}
