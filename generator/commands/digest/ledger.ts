import { NoClaims, requireClaims } from '../../digest/ledger/claims.ts';
import { putBack } from '../../digest/ledger/ledger.ts';
import { type LogEntry, readLog } from '../../digest/ledger/log.ts';
import { reconcile } from '../../digest/ledger/reconcile.ts';
import { isUnsettled } from '../../digest/outcome.ts';
import { notUnderstood, sendDigests } from '../../digest/send.ts';
import { UserError } from '../../lib/errors.ts';
import { type Printable, say } from '../../lib/printable.ts';
import { columns } from '../../lib/words.ts';
import { need, type Settings } from '../../settings.ts';
import { isOrganization } from '../../source/layout.ts';
import { KINDS } from '../../tenants/digest-config.ts';
import { type Answer, clock, open } from '../command.ts';
import { optionsOf } from './digest.ts';

const HEAD = ['organization', 'day', 'kind', 'id', 'recipient', 'state', 'since', 'note'];

/** `digest log`: what became of each digest. */
export async function log(settings: Settings): Promise<Answer> {
  const { reports, orgs, now } = await ledgerOf(settings);
  const entries: LogEntry[] = [];
  for (const org of orgs) entries.push(...(await readLog(reports, org, now, settings.date)));
  return {
    json: { digests: entries },
    text: entries.length > 0 ? table(entries) : [say`The ledger has no digests for these days.`],
    failed: entries.some(isUnsettled),
  };
}

/** `digest reconcile`: resolves digests in state unknown from SES's events. */
export async function reconcileUnknown(settings: Settings): Promise<Answer> {
  const { reports, orgs, now } = await ledgerOf(settings);
  const { found, unknown, unreadable } = await reconcile(reports, orgs, now);
  return {
    json: { found, unknown, unreadable },
    text: [
      say`Found as sent: ${found.length}. Still unknown: ${unknown.length}.`,
      ...(unknown.length > 0
        ? [
            ...table(unknown),
            say`Events can take 15 minutes to arrive. To send a digest again anyway: digest resend --force.`,
          ]
        : []),
      ...(unreadable.length > 0 ? [notUnderstood(unreadable)] : []),
    ],
    failed: unknown.length > 0 || unreadable.length > 0,
  };
}

/** `digest resend`: a person's decision to send what was not sent or failed, or with --force what may have been sent, once more. */
export async function resend(settings: Settings): Promise<Answer> {
  const urls = need(settings, 'config', 'reports', 'mailUrl', 'mailFrom', 'date');
  if (settings.org?.length !== 1)
    throw new UserError([say`--org: name the one organization whose digests you want to resend.`]);
  const { reports, orgs, now } = await ledgerOf(settings);
  const entries = (await readLog(reports, orgs[0] as string, now, settings.date)).filter(
    ({ id, state }) =>
      (settings.digestId === undefined || id === settings.digestId) &&
      (state === 'not sent' || state === 'failed' || (state === 'unknown' && settings.force === 'true')),
  );
  if (entries.length === 0)
    throw new UserError([
      say`digest resend: no digest of ${urls.date} can be resent. Digests that were not sent or failed can be; unknown ones, which may have been sent, only with --force. See digest log.`,
    ]);
  try {
    await requireClaims(reports);
  } catch (error) {
    if (!(error instanceof NoClaims)) throw error;
    return { json: { digests: [], said: error.problems }, text: error.problems, failed: true };
  }
  const ids = new Set<string>();
  for (const entry of entries)
    if (await putBack(reports, entry, { state: 'prepared', reason: 'sent again by hand' }, now)) ids.add(entry.id);
  const kinds = KINDS.filter((kind) => entries.some((entry) => entry.kind === kind));
  const { digests, text, failed } = await sendDigests({ ...(await optionsOf(settings, urls)), ids, kinds });
  return { json: { digests, said: text }, text, failed };
}

async function ledgerOf(settings: Settings) {
  const urls = need(settings, 'config', 'reports');
  const reports = await open(urls.reports);
  const known = (await reports.folders('mail/ledger/')).filter(isOrganization);
  return { reports, orgs: settings.org ?? known, now: clock(settings)() };
}

const table = (entries: readonly LogEntry[]): Printable[] =>
  columns([
    HEAD,
    ...entries.map(({ organization, date, kind, id, recipient, state, at, receipt, reason }) => [
      organization,
      date,
      kind,
      id,
      recipient.slice(0, 8),
      state,
      `${at.slice(0, 16)}Z`,
      reason ?? receipt ?? '',
    ]),
  ]);
