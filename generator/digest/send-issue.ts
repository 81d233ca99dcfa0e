import { once } from '#shared/once.ts';
import { oneLine, type Printable, printable, quoted, say } from '../lib/printable.ts';
import type { Report } from '../report/report.ts';
import { type UnknownRule, unknownRuleText } from '../report/unknown-rules.ts';
import type { ConfigRead } from '../source/read-config.ts';
import type { Store } from '../store/store.ts';
import type { TenantConfig } from '../tenants/config.ts';
import type { DigestKind, DigestSchedule } from '../tenants/digest-config.ts';
import type { Delivery, DeliveryState } from './ledger/deliver.ts';
import { digestId, markDone, prepare, recipientHash } from './ledger/ledger.ts';
import { beginIssue } from './ledger/sent-days.ts';
import { loadIssue } from './load.ts';
import type { DigestContext } from './options.ts';
import { type DigestOutcome, remarks, summary } from './outcome.ts';
import { type Pending, pendingDigests, recipientsOf } from './pending.ts';
import { sendingTime } from './schedule/due.ts';
import { type Issue, issueName, PERIODS, spanOf } from './schedule/issue.ts';
import { issueWords } from './schedule/issue-words.ts';
import { LATE_WAIT_MS, type Silence, silenceNote, silenceOf, standingOf } from './schedule/standing.ts';
import { sendOne } from './send-one.ts';
import { beginService } from './service.ts';

/** States in which a digest stays. */
const DECIDED: ReadonlySet<DeliveryState> = new Set(['sent', 'already sent', 'skipped', 'unknown']);

/** Of these, states in which it may be with its recipient. */
const LEFT: ReadonlySet<DeliveryState> = new Set(['sent', 'already sent', 'unknown']);

/** The configuration of an organization that has digests. */
export type DigestRead = ConfigRead & { config: DigestSchedule };

/** What is known of an organization before a run. */
export interface Since {
  /** Whether its service begins with this run. */
  isNew: boolean;
  /** Number of the build that the last run of `build` left. */
  lastBuild: number | undefined;
}

/**
 * The digests of one issue.
 * @param since what is known of the organization before this run
 */
export async function sendIssue(
  context: DigestContext,
  org: string,
  issue: Issue,
  read: DigestRead,
  now: Date,
  since: Since,
): Promise<{ digests: DigestOutcome[]; text: Printable[] }> {
  const { config } = read;
  const all = context.to
    ? [testOf(org, issue, context.to.trim())]
    : await pendingDigests(context, org, issue, config, now);
  const wanted = context.again ? all.map(({ recipient, key }): Pending => ({ recipient, key })) : all;
  const isMeant = ({ key }: Pending) => context.ids?.has(digestId(key)) !== false;
  const pending = wanted.filter(isMeant);
  const open = pending.filter(({ settled }) => settled === undefined);
  const outcomeOf = ({ key }: Pending, delivery: Delivery): DigestOutcome => ({
    org,
    ...issue,
    recipient: recipientHash(org, key.address),
    ...delivery,
  });
  const said: Printable[] = [];
  const sendOpen = async () => {
    const { deliveries, silence, unknown } = await sendAll(context, org, issue, open, read, since);
    if (silence) said.push(say`${org}: ${silenceNote(silence)}`);
    said.push(...unknown.map((rule) => oneLine([say`${org}:`, printable(unknownRuleText(rule, quoted))])));
    return open.map((each, at) => outcomeOf(each, deliveries[at] as Delivery));
  };
  const made =
    open.length > 0 ? await context.log.step(say`${org}  digest of ${issueWords(issue)}`, sendOpen, summary) : [];
  const before = pending.flatMap((each) => (each.settled ? [outcomeOf(each, each.settled)] : []));
  const digests = [...made, ...before];
  if (context.to === undefined && !context.dryRun) {
    await keepUnsent(context.reports, pending, digests, now);
    // Also those that this run leaves alone: an issue that is done is not gone on with.
    const others = wanted.filter((each) => !isMeant(each));
    const known = [...digests, ...others.map((each) => outcomeOf(each, each.settled ?? { state: 'not sent' }))];
    if (isDone(issue, made, known)) await markDone(context.reports, org, issueName(issue), recordedIn(wanted, known));
  }
  return {
    digests,
    text: [
      say`${org}: ${issueWords(issue)}: ${summary(digests)}.`,
      ...remarks(digests),
      ...said,
      ...(context.to ? [] : listedTwice(org, issue.kind, config, all)),
    ],
  };
}

/**
 * Whether nothing is left to do. A day is looked at, and what is unknown of it told, until the next one is due; a week and a month go on only while
 * somebody has to see to them.
 */
function isDone({ kind }: Issue, made: readonly DigestOutcome[], digests: readonly DigestOutcome[]): boolean {
  if (kind === 'daily')
    return made.some(({ state }) => state === 'sent') && digests.every(({ state }) => DECIDED.has(state));
  return digests.every(({ state }) => DECIDED.has(state) && state !== 'unknown');
}

/** Ids of digests that may have left, so that their record has to be there from now on. */
function recordedIn(pending: readonly Pending[], digests: readonly DigestOutcome[]): string[] {
  const left = new Set(digests.filter(({ state }) => LEFT.has(state)).map(({ recipient }) => recipient));
  const isLeft = ({ key }: Pending) => left.has(recipientHash(key.organization, key.address));
  return pending.filter(isLeft).map(({ key }) => digestId(key));
}

/** Also what could not even be tried is in the ledger: log and resend then find what the run has told of. */
async function keepUnsent(
  reports: Store,
  pending: readonly Pending[],
  digests: readonly DigestOutcome[],
  now: Date,
): Promise<void> {
  const keys = new Map(pending.map(({ key }) => [recipientHash(key.organization, key.address), key]));
  for (const { recipient, state, reason } of digests) {
    const key = keys.get(recipient);
    if (state === 'not sent' && key) await prepare(reports, key, now, { reason });
  }
}

/** A digest of everything to one address, which no ledger knows. */
const testOf = (organization: string, issue: Issue, address: string): Pending => ({
  recipient: { address, scope: 'all', member: true, kinds: [issue.kind] },
  key: { organization, ...issue, address },
});

function listedTwice(org: string, kind: DigestKind, config: TenantConfig, pending: readonly Pending[]): Printable[] {
  const twice = recipientsOf(config, kind).length - pending.length;
  return twice > 0
    ? [
        say`${org}: recipients whose address is listed more than once: ${twice}. Each address gets one digest a ${PERIODS[kind]}.`,
      ]
    : [];
}

/** One after the other: what each needs of the organization is read once. */
async function sendAll(
  context: DigestContext,
  org: string,
  issue: Issue,
  open: readonly Pending[],
  read: DigestRead,
  since: Since,
): Promise<{ deliveries: Delivery[]; silence: Silence | null; unknown: UnknownRule[] }> {
  const all = (delivery: Delivery) => ({ deliveries: open.map(() => delivery), silence: null, unknown: [] });
  if (!context.dryRun) await context.requireClaims();
  const fill = await context.templates();
  const loaded = await loadIssue(context.reports, org, read, context.maskingKey, issue, since.lastBuild);
  const { report } = loaded;
  const [firstDay] = report.days.keys();
  if (firstDay === undefined || issue.date < firstDay)
    return all({
      state: 'skipped',
      reason: `the data has no calls on ${issue.kind === 'daily' ? 'that day' : 'those days'} or earlier`,
    });
  if (since.isNew) await beginService(context.reports, org, issue, read.config);
  const time = sendingTime(issue, read.config);
  if (standingOf(report, spanOf(issue)) === 'late' && context.now().getTime() < time + LATE_WAIT_MS)
    return all({ state: 'waiting', reason: `${WAITED[issue.kind]} has arrived yet; ${WAITS}` });
  const begin = once(() => beginIssue(context.reports, org, issueName(issue)));
  const deliveries: Delivery[] = [];
  let stopped: Delivery | undefined;
  for (const pending of open) {
    if (context.isCut()) {
      deliveries.push({ state: 'waiting', reason: 'the run was stopped before; the next one sends it' });
      continue;
    }
    if (stopped) {
      deliveries.push({
        state: 'not sent',
        reason: `not tried, because the one before it could not be sent: ${stopped.reason}`,
      });
      continue;
    }
    const delivery = await sendOne(context, fill, loaded, pending, new Date(time), begin);
    if (delivery.stop) stopped = delivery;
    deliveries.push(delivery);
  }
  return { deliveries, silence: silenceOf(report, issue.date), unknown: alertRules(report) };
}

const alertRules = ({ unknownRules }: Report): UnknownRule[] =>
  unknownRules.filter(({ setting }) => setting === 'alerts');

const WAITED: { [kind in DigestKind]: string } = {
  daily: 'no call of that day',
  weekly: 'no call of the last days of that week',
  monthly: 'no call of the last days of that month',
};
const WAITS = 'the digest waits 24 hours for data and is then sent with a note';
