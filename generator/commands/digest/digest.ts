import type { SendOptions } from '../../digest/options.ts';
import { sendDigests } from '../../digest/send.ts';
import { UserError } from '../../lib/errors.ts';
import { say } from '../../lib/printable.ts';
import { need, type Settings } from '../../settings.ts';
import { isKind } from '../../tenants/digest-config.ts';
import { type Answer, clock, logOf, open } from '../command.ts';

/** `digest`: every digest that is due. */
export async function digest(settings: Settings): Promise<Answer> {
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
  const { digests, text, failed } = await sendDigests(await optionsOf(settings, { ...urls, mailUrl, mailFrom }));
  // The sentences too: an organization that failed before its first recipient is in no digest.
  return { json: { digests, said: text }, text, failed };
}

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
