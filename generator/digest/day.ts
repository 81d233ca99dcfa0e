import { once } from '#shared/once.ts';
import { type Printable, say } from '../lib/printable.ts';
import type { ConfigRead } from '../source/read-config.ts';
import type { Store } from '../store/store.ts';
import type { TenantConfig } from '../tenants/config.ts';
import { composeDigest, type DigestInput, isQuiet } from './content/compose.ts';
import { stopOf } from './content/links.ts';
import { type Delivery, type DeliveryState, deliver, outcomeOf } from './ledger/deliver.ts';
import { claim, digestId, markDone, prepare, recipientHash } from './ledger/ledger.ts';
import { beginDay } from './ledger/sent-days.ts';
import { loadDay } from './load.ts';
import { reasonOf } from './mail/failure-reason.ts';
import { buildMessage, type Message, named } from './mail/message.ts';
import { pngOf } from './mail/picture.ts';
import type { Fill } from './mail/template.ts';
import type { Transport } from './mail/transport.ts';
import type { DigestContext } from './options.ts';
import { type DigestOutcome, remarks, summary } from './outcome.ts';
import { type Pending, pendingDigests } from './pending.ts';
import { sendingTime } from './schedule/due.ts';
import { LATE_WAIT_MS, type Silence, silenceNote, silenceOf, standingOf } from './schedule/standing.ts';
import { beginService } from './service.ts';

/** States in which a digest stays. */
const DECIDED: ReadonlySet<DeliveryState> = new Set(['sent', 'already sent', 'skipped', 'unknown']);

/** Of these, states in which it may be with its recipient. */
const LEFT: ReadonlySet<DeliveryState> = new Set(['sent', 'already sent', 'unknown']);

/** What is known of an organization before a run. */
export interface Since {
  /** Whether its service begins with this run. */
  isNew: boolean;
  /** Number of the build that the last run of `build` left. */
  lastBuild: number | undefined;
}

/**
 * The digests of one day.
 * @param since what is known of the organization before this run
 */
export async function sendDay(
  context: DigestContext,
  org: string,
  date: string,
  read: ConfigRead,
  now: Date,
  since: Since,
): Promise<{ digests: DigestOutcome[]; text: Printable[] }> {
  const { config } = read;
  const all = context.to
    ? [testOf(org, date, context.to.trim(), now)]
    : await pendingDigests(context, org, date, config, now);
  const wanted = context.again ? all.map(({ recipient, key }): Pending => ({ recipient, key })) : all;
  const pending = wanted.filter(({ key }) => context.ids?.has(digestId(key)) !== false);
  const open = pending.filter(({ settled }) => settled === undefined);
  const outcomeOf = ({ key }: Pending, delivery: Delivery): DigestOutcome => ({
    org,
    date,
    recipient: recipientHash(org, key.address),
    ...delivery,
  });
  const said: Printable[] = [];
  const sendOpen = async () => {
    const { deliveries, silence } = await sendAll(context, org, date, open, read, since);
    if (silence) said.push(say`${org}: ${silenceNote(silence)}`);
    return open.map((each, at) => outcomeOf(each, deliveries[at] as Delivery));
  };
  const made = open.length > 0 ? await context.log.step(say`${org}  digest of ${date}`, sendOpen, summary) : [];
  const before = pending.flatMap((each) => (each.settled ? [outcomeOf(each, each.settled)] : []));
  const digests = [...made, ...before];
  if (context.to === undefined && !context.dryRun) await keepUnsent(context.reports, pending, digests, now);
  if (
    context.to === undefined &&
    made.some(({ state }) => state === 'sent') &&
    digests.every(({ state }) => DECIDED.has(state))
  )
    await markDone(context.reports, org, date, recordedIn(pending, digests));
  return {
    digests,
    text: [
      say`${org}: ${date}: ${summary(digests)}.`,
      ...remarks(digests),
      ...said,
      ...(context.to ? [] : listedTwice(org, config, all)),
    ],
  };
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

/** A digest of everything to one address, of a kind of its own, so that it is in nobody's way. */
const testOf = (organization: string, date: string, address: string, now: Date): Pending => ({
  recipient: { address, scope: 'all', member: true },
  key: { organization, date, address, kind: `test ${now.toISOString()}` },
});

function listedTwice(org: string, { digest }: TenantConfig, pending: readonly Pending[]): Printable[] {
  const twice = (digest?.recipients.length ?? 0) - pending.length;
  return twice > 0
    ? [say`${org}: recipients whose address is listed more than once: ${twice}. Each address gets one digest a day.`]
    : [];
}

/** One after the other: what each needs of the organization is read once. */
async function sendAll(
  context: DigestContext,
  org: string,
  date: string,
  open: readonly Pending[],
  read: ConfigRead,
  since: Since,
): Promise<{ deliveries: Delivery[]; silence: Silence | null }> {
  const all = (delivery: Delivery) => ({ deliveries: open.map(() => delivery), silence: null });
  if (!context.dryRun) await context.requireClaims();
  const fill = await context.templates();
  const { report, calls } = await loadDay(context.reports, org, read, context.maskingKey, date, since.lastBuild);
  const [firstDay] = report.days.keys();
  if (firstDay === undefined || date < firstDay)
    return all({ state: 'skipped', reason: 'the data has no calls on that day or earlier' });
  if (since.isNew) await beginService(context.reports, org, date, read.config.digest?.days ?? []);
  const time = sendingTime(date, read.config.digest?.time ?? '00:00', read.config.timeZone);
  if (standingOf(report, date) === 'late' && context.now().getTime() < time + LATE_WAIT_MS)
    return all({ state: 'waiting', reason: `no call of that day has arrived yet; ${WAITS}` });
  const begin = once(() => beginDay(context.reports, org, date));
  const deliveries: Delivery[] = [];
  let stopped: Delivery | undefined;
  for (const pending of open) {
    const { recipient } = pending;
    if (stopped) {
      deliveries.push({
        state: 'not sent',
        reason: `not tried, because the one before it could not be sent: ${stopped.reason}`,
      });
      continue;
    }
    const input = { org, report, date, calls, recipient, siteUrl: context.siteUrl };
    const delivery = await sendOne(context, fill, input, pending, begin);
    if (delivery.stop) stopped = delivery;
    deliveries.push(delivery);
  }
  return { deliveries, silence: silenceOf(report, date) };
}

const WAITS = 'the digest waits 24 hours for data and is then sent with a note';

async function testOnce(transport: Transport, message: Message): Promise<Delivery> {
  const answer = await transport.send(message).then(
    ({ id }) => ({ receipt: id }),
    (error: unknown) => ({ error }),
  );
  const { record: _inNoLedger, ...delivery } = outcomeOf(answer, message.from);
  return delivery;
}

/**
 * One recipient: composed before it is claimed, so that what cannot be said is not claimed either.
 * @param begin notes that the day's digests are being sent, before the first of them
 */
async function sendOne(
  context: DigestContext,
  fill: Fill,
  input: DigestInput,
  pending: Pending,
  begin: () => Promise<void>,
): Promise<Delivery> {
  const { reports, transport, from, dryRun, now } = context;
  const { recipient, key } = pending;
  const { organization, date } = key;
  const isTest = context.to !== undefined;
  const { digest, timeZone } = input.report.config;
  try {
    if (digest?.quietDay === 'skip' && isQuiet(input) && standingOf(input.report, date) !== 'late') {
      if (!dryRun && !isTest) await claim(reports, key, 'skipped', now(), { reason: 'no calls' });
      return { state: 'skipped', reason: 'there were no calls' };
    }
    const subscription = { organization, recipient: recipientHash(organization, key.address), kind: key.kind };
    const stop = isTest ? undefined : stopOf(context, subscription);
    const view = composeDigest({ ...input, stop });
    const at = new Date(sendingTime(date, digest?.time ?? '00:00', timeZone));
    const message = await buildMessage({
      id: digestId(key),
      organization,
      date,
      from,
      to: named(recipient),
      subject: isTest ? `[Test] ${view.subject}` : view.subject,
      stop,
      at,
      images: view.trend ? [{ cid: view.trend.cid, png: pngOf(view.trend.svg, view.trend.width) }] : [],
      ...fill(view),
    });
    if (dryRun) context.seen?.(message);
    if (dryRun) return { state: 'would send', reason: view.subject };
    if (isTest) return await testOnce(transport, message);
    await begin();
    return await deliver(reports, transport, key, message, now, context.hooks);
  } catch (error) {
    return { state: 'not sent', reason: reasonOf(error, from.address) };
  }
}
