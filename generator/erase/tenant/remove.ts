import { mapConcurrent } from '../../lib/map-concurrent.ts';
import { readStatus } from '../../publish/status.ts';
import type { Store } from '../../store/store.ts';
import { cleanMail } from '../mail.ts';
import { type Searched, search } from '../search.ts';
import { callNames } from './call-names.ts';
import { forgetStatus } from './forget-status.ts';
import { type HeldFolder, heldIn } from './held.ts';
import { sweepSite } from './sweep-site.ts';

/** The stores of which an organization is removed, and those that must not have it any more. */
interface RemoveStores {
  results: Store;
  config: Store;
  /** Recordings; absent: nobody looks for them. */
  input?: Store;
  reports: Store;
}

/** Folders of one store in which an organization still lies. */
export interface Upstream {
  store: string;
  folders: HeldFolder[];
  /** There is more than was counted. */
  isMore: boolean;
}

/** Objects that stay, by folder: what was sent, who wants no mail, who opened which page. */
export interface Kept {
  ledger: number;
  preferences: number;
  /** Whether there are events of the mail service, and an audit trail, at all: they are one for all organizations. */
  events: boolean;
  audit: boolean;
}

export interface Removed {
  /** Objects removed or written anew. */
  removed: number;
  /** Calls that the site showed; 0 also where an earlier run was killed after it had removed the state that tells. */
  calls: number;
  kept: Kept;
  /** Keys that should be gone and are there. */
  left: string[];
  proof: Searched;
}

/** Where the input and the configuration still have the organization; none: it may be removed. */
export async function upstreamOf({ results, config, input }: RemoveStores, org: string): Promise<Upstream[]> {
  const stores = [results, config, ...(input ? [input] : [])];
  const held = await mapConcurrent(stores, async (store) => ({ store: store.url, ...(await heldIn(store, org)) }));
  return held.filter(({ folders }) => folders.length > 0);
}

/** Whether the reports store has anything to be removed. */
export async function hasTraces({ reports }: RemoveStores, org: string): Promise<boolean> {
  for (const prefix of [`${org}/`, frozen(org)]) for await (const _ of reports.list(prefix)) return true;
  return isTold(reports, org);
}

/**
 * Remove an organization from the reports store: kept mail first, as the site's state tells which mail names a call; then site, state
 * and builds; then its line of the status. Then look for it in all that is left. A run that was killed is run again.
 */
export async function removeTenant({ reports }: RemoveStores, org: string): Promise<Removed> {
  const { calls, needle } = await callNames(reports, org);
  let removed = 0;
  for await (const { key } of reports.list(frozen(org))) {
    await reports.remove(key);
    removed++;
  }
  removed += await cleanMail(reports, org, [needle], []);
  removed += await sweepSite(reports, org);
  if (await forgetStatus(reports, org)) removed++;
  const proof = await search(reports, org, { names: [needle], said: [], isOthers: () => false });
  const left: string[] = [];
  for (const prefix of [`${org}/`, frozen(org)]) for await (const { key } of reports.list(prefix)) left.push(key);
  if (await isTold(reports, org)) left.push('status.json');
  return { removed, calls, kept: await keptOf(reports, org), left, proof };
}

const isTold = async (reports: Store, org: string): Promise<boolean> =>
  Object.hasOwn((await readStatus(reports)).status.organizations, org);

const frozen = (org: string): string => `mail/frozen/${org}/`;

/** Also for an organization that has nothing else left. */
export async function keptOf(reports: Store, org: string): Promise<Kept> {
  const count = async (prefix: string): Promise<number> => {
    let n = 0;
    for await (const _ of reports.list(prefix)) n++;
    return n;
  };
  return {
    ledger: await count(`mail/ledger/${org}/`),
    preferences: await count(`mail/preferences/${org}/`),
    events: (await reports.folders('mail/')).includes('events'),
    audit: (await reports.folders('')).includes('audit'),
  };
}
