import type { SendOptions } from '../../digest/options.ts';
import { sendDigests } from '../../digest/send.ts';
import { openStop, type Stop } from '../../lib/command-line/stop.ts';
import { runMeter } from '../../lib/console.ts';
import { UserError } from '../../lib/errors.ts';
import { say } from '../../lib/printable.ts';
import { need, type Settings } from '../../settings.ts';
import { isKind } from '../../tenants/digest-config.ts';
import { type Answer, clock, logOf, open } from '../command.ts';
import { type Observed, requireNotices, seenOfDigests, withNotices } from '../notices.ts';

/** `digest`: every digest that is due. */
export async function digest(settings: Settings): Promise<Answer> {
  requireNotices(settings);
  using stop = openStop((text) => logOf(settings).say(text, 'problem'));
  return await withNotices(settings, await digestsDue(settings, stop));
}

/** The same without a notice of it. @param stop whether somebody has stopped the run */
export async function digestsDue(settings: Settings, stop: Stop): Promise<Observed> {
  const urls = need(settings, 'config', 'reports');
  // A dry run sends nothing, so it need not know how.
  const { mailUrl, mailFrom } = settings.dryRun
    ? { mailUrl: 'file:outbox', mailFrom: 'dry-run@example.com', ...settings }
    : need(settings, 'mailUrl', 'mailFrom');
  if (settings.to !== undefined && settings.org === undefined)
    throw new UserError([
      say`--to: name with --org the organization whose digest the test shows. It contains that organization’s figures.`,
    ]);
  if (settings.newLedger === 'true' && settings.org === undefined)
    throw new UserError([
      say`--new-ledger: name with --org the organization whose ledger is lost. What it has sent then counts as sent.`,
    ]);
  if (settings.newLedger === 'true' && settings.dryRun === 'true')
    throw new UserError([say`--new-ledger: it writes to the ledger, so it cannot be tried with --dry-run.`]);
  const outcome = await sendDigests({
    ...(await optionsOf(settings, { ...urls, mailUrl, mailFrom })),
    isStopped: () => stop.signal() !== undefined,
    ...(settings.quiet !== 'true' && { meter: runMeter() }),
  });
  const { digests, text, failed, isCut } = outcome;
  const signal = isCut ? stop.signal() : undefined;
  const said = signal
    ? [
        ...text,
        say`Stopped by ${signal}: what is not told of as sent was not sent. The next run sends what is due then.`,
      ]
    : text;
  return {
    // The sentences too: an organization that failed before its first recipient is in no digest.
    json: { digests, said, ...(signal && { stopped: signal }) },
    text: said,
    failed,
    ...(signal && { signal }),
    seen: isOrdinary(settings) ? seenOfDigests(outcome) : [],
  };
}

/** By the clock, and all kinds: what a person asks for, they see themselves. */
const isOrdinary = ({ date, kind, to, dryRun }: Settings): boolean =>
  [date, kind, to, dryRun].every((each) => each === undefined);

/** What sending needs, from the settings. */
export async function optionsOf(
  settings: Settings,
  urls: { config: string; reports: string; mailUrl: string; mailFrom: string },
): Promise<SendOptions> {
  return {
    config: await open(urls.config),
    reports: await open(urls.reports),
    mailUrl: urls.mailUrl,
    from: urls.mailFrom,
    siteUrl: settings.siteUrl,
    unsubscribeKey: settings.unsubscribeKey,
    unsubscribeMail: settings.unsubscribeMail,
    to: settings.to,
    maskingKey: settings.maskingKey,
    organizations: settings.org,
    date: settings.date,
    ...(settings.kind !== undefined && isKind(settings.kind) && { kinds: [settings.kind] }),
    newLedger: settings.newLedger === 'true',
    dryRun: settings.dryRun === 'true',
    now: clock(settings),
    log: logOf(settings),
  };
}
