import { messageOf } from '../lib/errors.ts';
import { type ConfigRead, readConfig } from '../source/config.ts';
import { hasDigest, type TenantConfig } from '../tenant-config.ts';
import { composeDigest, type DigestInput, isQuiet } from './compose.ts';
import { LATE_WAIT_MS, standingOf } from './covered.ts';
import { type Delivery, type DeliveryState, deliver } from './deliver.ts';
import { dueDays, sendingTime } from './due.ts';
import { sweepFrozen } from './frozen.ts';
import { claim, digestId, isDone, ledgerDays, markDone, recipientHash } from './ledger.ts';
import { stopOf } from './links.ts';
import { loadDay } from './load.ts';
import { type Address, buildMessage, named } from './message.ts';
import { type DigestOutcome, remarks, summary } from './outcome.ts';
import { type Pending, pendingDigests } from './pending.ts';
import { pngOf } from './picture.ts';
import type { SendOptions } from './send.ts';
import type { Fill } from './template.ts';
import type { Transport } from './transport.ts';

/** States in which a digest stays. */
const DECIDED: ReadonlySet<DeliveryState> = new Set(['sent', 'already sent', 'skipped', 'unknown']);

/** The options of a run, and what its organizations share. */
export interface DigestContext extends Omit<SendOptions, 'from' | 'transport' | 'templates'> {
  transport: Transport;
  from: Address;
  templates: () => Promise<Fill>;
  /** Hashes of addresses that get no mail, with the reason. */
  suppressed: () => Promise<ReadonlyMap<string, string>>;
  /** Rejects where the store cannot keep a claim. */
  probe: () => Promise<void>;
}

/**
 * The story of one organization's digests. State and calls are read only where something is due and nobody has claimed it.
 * @param listedAt when the organization's last successful listing began
 */
export async function sendOrganization(
  context: DigestContext,
  org: string,
  listedAt: string | undefined,
  now: Date,
): Promise<{ digests: DigestOutcome[]; text: string[] }> {
  const read = await readConfig(context.config, org, context.maskingKey !== undefined);
  const { config } = read;
  const { digest, timeZone } = config;
  if (!digest || !hasDigest(config))
    return { digests: [], text: context.organizations ? [`${org}: no digest is configured.`] : [] };
  if (!context.dryRun) await sweepFrozen(context.reports, org, now);
  const due = dueDays({ now, listedAt, config: { timeZone, digest }, date: context.date });
  if ('reason' in due) return { digests: [], text: [`${org}: nothing was sent: ${due.reason}.`] };
  const { days, missed } = await missedDays(context, org, due);
  const outcome = { digests: [] as DigestOutcome[], text: missed };
  for (const date of days) {
    const { digests, text } = await sendDay(context, org, date, read, now);
    outcome.digests.push(...digests);
    outcome.text.push(...text);
  }
  return outcome;
}

/** Days before the newest are caught up with where the ledger has begun before them and has not done with them. */
async function missedDays(
  { reports, to }: DigestContext,
  org: string,
  { days, older }: { days: string[]; older: string[] },
): Promise<{ days: string[]; missed: string[] }> {
  const newest = days.at(-1) as string;
  if (to !== undefined) return { days: [newest], missed: [] };
  const known = await ledgerDays(reports, org);
  const first = known[0] ?? newest;
  const open: string[] = [];
  for (const day of days) if (day === newest || (day >= first && !(await isDone(reports, org, day)))) open.push(day);
  const missed = older.filter((day) => day > first && !known.includes(day));
  const sentence = `${org}: missed: no digest went out about ${missed.join(', ')}, too long ago to be sent now. The report has them.`;
  return { days: open, missed: missed.length > 0 ? [sentence] : [] };
}

/** The digests of one day. */
async function sendDay(
  context: DigestContext,
  org: string,
  date: string,
  read: ConfigRead,
  now: Date,
): Promise<{ digests: DigestOutcome[]; text: string[] }> {
  const { config } = read;
  const all = context.to ? [testOf(org, date, context.to, now)] : await pendingDigests(context, org, date, config, now);
  const wanted = context.again ? all.map(({ recipient, key }): Pending => ({ recipient, key })) : all;
  const pending = wanted.filter(({ key }) => context.ids?.has(digestId(key)) !== false);
  const open = pending.filter(({ settled }) => settled === undefined);
  const outcomeOf = ({ key }: Pending, delivery: Delivery): DigestOutcome => ({
    org,
    date,
    recipient: recipientHash(org, key.address),
    ...delivery,
  });
  const sendOpen = async () => {
    const deliveries = await sendAll(context, org, date, open, read);
    return open.map((each, at) => outcomeOf(each, deliveries[at] as Delivery));
  };
  const made = open.length > 0 ? await context.log.step(`${org}  digest of ${date}`, sendOpen, summary) : [];
  const before = pending.flatMap((each) => (each.settled ? [outcomeOf(each, each.settled)] : []));
  const digests = [...made, ...before];
  if (
    context.to === undefined &&
    made.some(({ state }) => state === 'sent') &&
    digests.every(({ state }) => DECIDED.has(state))
  )
    await markDone(context.reports, org, date);
  return {
    digests,
    text: [
      `${org}: ${date}: ${summary(digests)}.`,
      ...remarks(digests),
      ...(context.to ? [] : listedTwice(org, config, all)),
    ],
  };
}

/** A digest of everything to one address, of a kind of its own, so that it is in nobody's way. */
const testOf = (organization: string, date: string, address: string, now: Date): Pending => ({
  recipient: { address, scope: 'all', member: true },
  key: { organization, date, address, kind: `test ${now.toISOString()}` },
});

function listedTwice(org: string, { digest }: TenantConfig, pending: readonly Pending[]): string[] {
  const twice = (digest?.recipients.length ?? 0) - pending.length;
  return twice > 0
    ? [`${org}: recipients whose address is listed before: ${twice}. Each address gets one digest a day.`]
    : [];
}

/** One after the other: what each needs of the organization is read once. */
async function sendAll(
  context: DigestContext,
  org: string,
  date: string,
  open: readonly Pending[],
  read: ConfigRead,
): Promise<Delivery[]> {
  if (!context.dryRun) await context.probe();
  const fill = await context.templates();
  const { report, calls } = await loadDay(context.reports, org, read, context.maskingKey, date);
  const [firstDay] = report.days.keys();
  if (firstDay === undefined || date < firstDay)
    return open.map(() => ({ state: 'skipped', reason: 'the data holds no call of that day or of an earlier one' }));
  const time = sendingTime(date, read.config.digest?.time ?? '00:00', read.config.timeZone);
  if (standingOf(report, date) === 'late' && context.now().getTime() < time + LATE_WAIT_MS)
    return open.map(() => ({ state: 'waiting', reason: `no call of that day has come yet; ${WAITS}` }));
  const deliveries: Delivery[] = [];
  for (const pending of open) {
    const { recipient } = pending;
    if (deliveries.at(-1)?.stop) {
      deliveries.push({ state: 'failed', reason: 'the mail service takes no more mail for now', stop: true });
      continue;
    }
    deliveries.push(
      await sendOne(context, fill, { org, report, date, calls, recipient, siteUrl: context.siteUrl }, pending),
    );
  }
  return deliveries;
}

const WAITS = 'its digest waits for data for 24 hours, and then goes out and says so';

/** One recipient: composed before it is claimed, so that what cannot be said is not claimed either. */
async function sendOne(context: DigestContext, fill: Fill, input: DigestInput, pending: Pending): Promise<Delivery> {
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
    if (isTest) return { state: 'sent', file: (await transport.send(message)).id };
    return await deliver(reports, transport, key, message, now, context.hooks);
  } catch (error) {
    return { state: 'failed', reason: messageOf(error) };
  }
}
