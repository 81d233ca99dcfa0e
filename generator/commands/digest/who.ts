import { readEvents } from '../../digest/ledger/events.ts';
import { recipientHash } from '../../digest/ledger/ledger.ts';
import { organizationsOf } from '../../digest/organizations.ts';
import { type Listed, listedIn, type WhyNot, whyNot } from '../../digest/recipients/audience.ts';
import { isUnsubscribed } from '../../digest/recipients/preferences.ts';
import { nextIssue } from '../../digest/schedule/next.ts';
import { notUnderstood } from '../../digest/send.ts';
import { problemsOf } from '../../lib/errors.ts';
import { oneLine, type Printable, say } from '../../lib/printable.ts';
import { columns } from '../../lib/words.ts';
import { type OrganizationStatus, readStatus } from '../../publish/status.ts';
import { need, type Settings } from '../../settings.ts';
import { readConfig } from '../../source/read-config.ts';
import type { Store } from '../../store/store.ts';
import type { TenantConfig } from '../../tenants/config.ts';
import { type Answer, clock, open } from '../command.ts';

const HEAD = ['organization', 'entry', 'recipient', 'kind', 'scope', 'next', 'gets it'];

/** One recipient of one kind of digest. */
interface Row {
  organization: string;
  /** Place in `digest.recipients` of its report-config.json, from 1 on. */
  entry: number;
  /** Hash of organization and address, as in the ledger. */
  recipient: string;
  /** Only where the operator asks for it. */
  address?: string;
  kind: string;
  scope: string;
  /** When the next one may be sent, ISO 8601; absent where none will be. */
  next?: string;
  whyNot?: string;
}

/** What is asked of each organization. */
interface Asked {
  reports: Store;
  suppressed: ReadonlyMap<string, string>;
  now: Date;
  /** Addresses and agents are shown. */
  isOpen: boolean;
}

/** `digest who`: who gets which digest, when the next may be sent, and why somebody gets none. */
export async function who(settings: Settings): Promise<Answer> {
  const urls = need(settings, 'config', 'reports');
  const [config, reports] = [await open(urls.config), await open(urls.reports)];
  const orgs = await organizationsOf({ config, organizations: settings.org });
  const { organizations } = (await readStatus(reports)).status;
  const { suppressed, unreadable } = await readEvents(reports);
  const asked: Asked = { reports, suppressed, now: clock(settings)(), isOpen: settings.addresses === 'true' };
  const rows: Row[] = [];
  const said: Printable[] = unreadable.length > 0 ? [notUnderstood(unreadable)] : [];
  let failed = unreadable.length > 0;
  for (const org of orgs) {
    try {
      const read = await readConfig(config, org, settings.maskingKey !== undefined);
      const own = await rowsOf(asked, org, read.config);
      rows.push(...own);
      if (own.length > 0) said.push(...withoutData(org, organizations[org]));
    } catch (error) {
      failed = true;
      said.push(...problemsOf(error).map((problem) => oneLine([say`${org}: it gets no digest:`, problem])));
    }
  }
  const none = say`No organization has a recipient of digests.`;
  return {
    json: { recipients: rows, said },
    text: [...(rows.length > 0 ? columns([HEAD, ...rows.map(cells)]) : [none]), ...said],
    failed,
  };
}

async function rowsOf({ reports, suppressed, now, isOpen }: Asked, org: string, config: TenantConfig): Promise<Row[]> {
  const { digest } = config;
  if (!digest) return [];
  const listed = listedIn(config);
  const reasons = await whyNot(listed, config, suppressed, ({ address, kind }) =>
    isUnsubscribed(reports, org, recipientHash(org, address), kind),
  );
  return listed.map((each, i): Row => {
    const reason = reasons[i];
    const next = reason ? undefined : nextIssue(each.kind, { ...config, digest }, now);
    return {
      organization: org,
      entry: each.entry,
      recipient: recipientHash(org, each.address),
      ...(isOpen && { address: each.address }),
      kind: each.kind,
      scope: scopeWords(each, isOpen),
      ...(next && { next: new Date(next.at).toISOString() }),
      ...(reason && { whyNot: whyNotWords(reason) }),
    };
  });
}

function scopeWords({ recipient: { scope } }: Listed, isOpen: boolean): string {
  if (scope === 'all') return 'all';
  if ('team' in scope) return `team ${scope.team}`;
  return isOpen ? `agent ${scope.agent}` : 'one agent';
}

function whyNotWords(reason: WhyNot): string {
  switch (reason.code) {
    case 'disabled':
      return '"digest.enabled" is false';
    case 'listed-twice':
      return 'listed before, and an address gets one';
    case 'unsubscribed':
      return 'unsubscribed; digest resume takes that back';
    case 'suppressed':
      return `${reason.problem}; digest resume takes that back`;
    case 'scope':
      return reason.problem.replace(/\.$/, '');
  }
}

/** Nothing can be said of an organization without a build. */
const withoutData = (org: string, last: OrganizationStatus | undefined): Printable[] =>
  last?.listedAt === undefined ? [say`${org}: no digest is sent before its first build. Run build.`] : [];

const cells = ({ organization, entry, recipient, address, kind, scope, next, whyNot: no }: Row): string[] => [
  organization,
  String(entry),
  address ?? recipient.slice(0, 8),
  kind,
  scope,
  next === undefined ? '–' : `${next.slice(0, 16)}Z`,
  no === undefined ? 'yes' : `no: ${no}`,
];
