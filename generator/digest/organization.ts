import { type Printable, say } from '../lib/printable.ts';
import type { OrganizationStatus } from '../publish/status.ts';
import { readConfig } from '../source/read-config.ts';
import { hasDigest, type Weekday } from '../tenants/config.ts';
import { sendDay } from './day.ts';
import type { DeliveryState } from './ledger/deliver.ts';
import { dayStanding, ledgerDays } from './ledger/ledger.ts';
import { dropOldMessages } from './ledger/message-store.ts';
import { requireLedger } from './ledger/sent-days.ts';
import type { DigestContext } from './options.ts';
import { type DigestOutcome, isTrouble } from './outcome.ts';
import { dueDays } from './schedule/due.ts';
import { endService, serviceStart } from './service.ts';

/**
 * The story of one organization's digests. State and calls are read only where something is due and nobody has claimed it.
 * @param last how its last build stood: when its listing began, and which build it left
 */
export async function sendOrganization(
  context: DigestContext,
  org: string,
  last: Pick<OrganizationStatus, 'listedAt' | 'generation'> | undefined,
  now: Date,
): Promise<{ digests: DigestOutcome[]; text: Printable[]; failed: boolean }> {
  const read = await readConfig(context.config, org, context.maskingKey !== undefined);
  const { config } = read;
  const { digest, timeZone } = config;
  const isAsked = context.date !== undefined;
  if (!digest || !hasDigest(config)) {
    if (isOrdinary(context)) await endService(context.reports, org);
    const isNamed = context.organizations !== undefined;
    return { digests: [], text: isNamed ? [say`${org}: no digest is configured.`] : [], failed: isNamed && isAsked };
  }
  if (!context.dryRun) await dropOldMessages(context.reports, org, now);
  const due = dueDays({ now, listedAt: last?.listedAt, config: { timeZone, digest }, date: context.date });
  if ('reason' in due) return { digests: [], text: [say`${org}: nothing was sent: ${due.reason}.`], failed: isAsked };
  if (context.to === undefined && !context.again)
    await requireLedger(context.reports, org, due.days, context.newLedger === true);
  const { days, missed, lost, isNew } = await missedDays(context, org, due, digest.days);
  const outcome = { digests: [] as DigestOutcome[], text: [...missed, ...lost], failed: false };
  for (const date of days) {
    const { digests, text } = await sendDay(context, org, date, read, now, { isNew, lastBuild: last?.generation });
    outcome.digests.push(...digests);
    outcome.text.push(...text);
  }
  outcome.failed = outcome.digests.some(isTrouble);
  if (isAsked && !outcome.digests.some(({ state }) => REACHED.has(state))) {
    outcome.text.push(say`${org}: no digest about ${context.date ?? ''} was sent.`);
    outcome.failed = true;
  }
  return outcome;
}

/** States of a digest that somebody has, or would have. */
const REACHED: ReadonlySet<DeliveryState> = new Set(['sent', 'already sent', 'taken', 'would send']);

/** A run by the clock: not one for a day, an address or a trial that a person asked for. */
const isOrdinary = ({ date, to, dryRun }: DigestContext): boolean =>
  date === undefined && to === undefined && dryRun !== true;

/**
 * Days before the newest are caught up with where the service has begun before them and has not done with them.
 * @returns `isNew`: the service begins with this run
 */
async function missedDays(
  context: DigestContext,
  org: string,
  { days, older }: { days: string[]; older: string[] },
  weekdays: readonly Weekday[],
): Promise<{ days: string[]; missed: Printable[]; lost: Printable[]; isNew: boolean }> {
  const { reports } = context;
  const newest = days.at(-1) as string;
  if (context.to !== undefined) return { days: [newest], missed: [], lost: [], isNew: false };
  const isAsked = context.date !== undefined;
  const since = await serviceStart(reports, org, weekdays);
  const first = since ?? newest;
  const open: string[] = [];
  const lost: string[] = [];
  for (const day of days) {
    const standing = day === newest || day >= first ? await dayStanding(reports, org, day) : 'done';
    if (standing === 'lost') lost.push(day);
    else if (day === newest || standing === 'open') open.push(day);
  }
  const known = isAsked ? [] : await ledgerDays(reports, org);
  const missed = isAsked ? [] : older.filter((day) => day > first && !known.includes(day));
  return {
    days: open,
    missed: missed.length > 0 ? [tooLate(org, missed)] : [],
    lost: lost.length > 0 ? [countedAsSent(org, lost)] : [],
    isNew: since === undefined && isOrdinary(context),
  };
}

const tooLate = (org: string, days: readonly string[]): Printable =>
  say`${org}: missed: no digest was sent about ${days}, and it is too late to send it now. The report shows these days.`;

const countedAsSent = (org: string, days: readonly string[]): Printable =>
  say`${org}: nothing was sent about ${days}: the ledger of these days was lost, so they count as sent (--new-ledger).`;
