import { sendDigests } from '../digest/send.ts';
import { consoleLog } from '../lib/console.ts';
import { need, type Settings } from '../settings.ts';
import { type Answer, clock, open } from './command.ts';

/** `digest`: every digest that is due. */
export async function digest(settings: Settings): Promise<Answer> {
  const urls = need(settings, 'config', 'reports');
  // A dry run sends nothing, so it need not know how.
  const { mailUrl, mailFrom } = settings.dryRun
    ? { mailUrl: 'file:outbox', mailFrom: 'dry-run@example.com', ...settings }
    : need(settings, 'mailUrl', 'mailFrom');
  const { digests, text, failed } = await sendDigests({
    config: await open(urls.config),
    reports: await open(urls.reports),
    mailUrl,
    from: mailFrom,
    siteUrl: settings.siteUrl,
    maskingKey: settings.maskingKey,
    organizations: settings.org,
    date: settings.date,
    dryRun: settings.dryRun === 'true',
    now: clock(settings),
    log: consoleLog(),
  });
  // The sentences too: an organization that failed before its first recipient is in no digest.
  return { json: { digests, said: text }, text, failed };
}
