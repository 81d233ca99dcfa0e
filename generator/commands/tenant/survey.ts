import { problemsOf } from '../../lib/errors.ts';
import { mapConcurrent } from '../../lib/map-concurrent.ts';
import type { Printable } from '../../lib/printable.ts';
import { maskNames } from '../../masking/names.ts';
import type { Trouble } from '../../publish/status.ts';
import { readStatus } from '../../publish/status.ts';
import { isOrganization } from '../../source/layout.ts';
import { readConfig } from '../../source/read-config.ts';
import type { Store } from '../../store/store.ts';

/** What the stores hold of one organization. */
export interface Tenant {
  org: string;
  /** Whether the pipeline has written anything of it. */
  input: boolean;
  /** Its report-config.json. */
  config: 'right' | 'none' | 'wrong';
  /** What is wrong with its configuration, in sentences. */
  problems?: Printable[];
  /** Whether a site is published; what a first build that failed has left is none. */
  site: boolean;
  /** Where it has a site and status.json has no record of its last run. */
  unrecorded?: true;
  /** What is wrong with much of its input, as its last run found it. */
  troubles?: Trouble[];
}

export interface Survey {
  organizations: Tenant[];
  /** First segments in the results store that are no organization's id; "" is that of keys that begin with a slash. */
  ignored: string[];
  /** Objects there that lie in no folder, the first hundred. */
  loose: string[];
}

/** A bucket may hold any number of objects beside the folders. */
const MOST_LOOSE = 100;

/**
 * What is there, before anything is built: everything that is named in the results, the configuration or the reports.
 * @param hasMaskingKey whether CCI_MASKING_KEY is set: without it a configuration that masks is wrong
 */
export async function surveyTenants(
  { results, config, reports }: { results: Store; config: Store; reports: Store },
  hasMaskingKey: boolean,
): Promise<Survey> {
  const { segments, loose } = await topOf(results);
  const input = segments.filter(isOrganization);
  const configured = (await config.folders('')).filter(isOrganization);
  const { organizations: known } = (await readStatus(reports)).status;
  const sites = (await reports.folders('')).filter(isOrganization);
  const orgs = [...new Set([...input, ...configured, ...sites])].sort();
  const organizations = await mapConcurrent(orgs, async (org): Promise<Tenant> => {
    const found = await configOf(config, org, hasMaskingKey);
    const site = sites.includes(org) && (await reports.get(`${org}/pointer.json`)) !== undefined;
    const isRecorded = Object.hasOwn(known, org);
    const troubles = isRecorded ? known[org]?.troubles : undefined;
    const silent = site && !isRecorded && { unrecorded: true as const };
    return { org, input: input.includes(org), ...found, site, ...silent, ...(troubles && { troubles }) };
  });
  const show = (names: string[]) => (hasMaskingKey ? names.map(maskNames) : names);
  const ignored = segments.filter((segment) => !isOrganization(segment));
  return { organizations, ignored: show(ignored), loose: show(loose) };
}

/** First segments of a store's keys, and objects that lie in no folder. */
async function topOf(store: Store): Promise<{ segments: string[]; loose: string[] }> {
  const top = await store.top();
  return {
    segments: top.filter((name) => name.endsWith('/')).map((name) => name.slice(0, -1)),
    loose: top.filter((name) => !name.endsWith('/')).slice(0, MOST_LOOSE),
  };
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
    return { config: 'wrong', problems: problemsOf(error) };
  }
}
