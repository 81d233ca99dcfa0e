import pMap from 'p-map';
import { once } from '#shared/once.ts';
import { isOrganization } from '../source/layout.ts';
import { readConfig } from '../source/read-config.ts';
import type { Store } from '../store/store.ts';
import type { TenantConfig } from '../tenants/config.ts';
import { type DigestKind, type DigestSchedule, kindsOf } from '../tenants/digest-config.ts';
import { readEvents } from './ledger/events.ts';
import { dropOldMessages } from './ledger/message-store.ts';
import { requireLedger } from './ledger/sent-days.ts';
import { openIssues } from './open-issues.ts';
import { isTrouble } from './outcome.ts';
import { pendingDigests } from './pending.ts';
import { dueDays } from './schedule/due.ts';
import { issueName } from './schedule/issue.ts';
import { endServices, serviceStart } from './service.ts';

export interface DigestLook {
  config: Store;
  reports: Store;
  maskingKey?: string;
  now: () => Date;
}

/** What is known of all organizations. */
interface Looking extends DigestLook {
  suppressed: () => Promise<ReadonlyMap<string, string>>;
}

/** Organizations looked at at once. */
const AT_ONCE = 4;

/**
 * Whether a run of `digest` may have something to send or to tell, once every organization has been listed. What it does beside that is done here:
 * old messages and services that have ended are removed. Nothing is claimed or sent. In doubt there is something: a digest that waits for its
 * data, one that a person has to see to, a configuration or a ledger that cannot be read.
 */
export async function isDigestDue(look: DigestLook): Promise<boolean> {
  const orgs = (await look.config.folders('')).filter(isOrganization);
  const suppressed = once(async () => (await readEvents(look.reports)).suppressed);
  const found = await pMap(orgs, (org) => isAnyDue({ ...look, suppressed }, org).catch(() => true), {
    concurrency: AT_ONCE,
  });
  return found.includes(true);
}

async function isAnyDue(look: Looking, org: string): Promise<boolean> {
  const now = look.now();
  const { config } = await readConfig(look.config, org, look.maskingKey !== undefined);
  const { digest } = config;
  const kinds = kindsOf(digest);
  await endServices(look.reports, org, kinds);
  if (!digest || kinds.length === 0) return false;
  await dropOldMessages(look.reports, org, now);
  const own = { ...config, digest };
  for (const kind of kinds) if (await isKindDue(look, org, kind, own, now)) return true;
  return false;
}

async function isKindDue(
  look: Looking,
  org: string,
  kind: DigestKind,
  config: TenantConfig & DigestSchedule,
  now: Date,
): Promise<boolean> {
  const { reports, suppressed } = look;
  const due = dueDays({ now, listedAt: now.toISOString(), config, kind });
  if ('reason' in due) return false;
  const issues = due.days.map((date) => ({ kind, date }));
  await requireLedger(reports, org, issues.map(issueName), false);
  const { open } = await openIssues({ reports }, org, issues, [], () => serviceStart(reports, org, kind, config));
  for (const issue of open) {
    const pending = await pendingDigests({ reports, suppressed, dryRun: true }, org, issue, config, now);
    if (pending.some(({ settled }) => settled === undefined || isTrouble(settled) || settled.state === 'taken'))
      return true;
  }
  return false;
}
