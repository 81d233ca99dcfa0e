import { composeDigest, isQuiet } from './content/compose.ts';
import { stopOf } from './content/links.ts';
import { composePeriod } from './content/period.ts';
import { type Delivery, deliver, outcomeOf } from './ledger/deliver.ts';
import { claim, digestId, recipientHash, testId } from './ledger/ledger.ts';
import type { Loaded } from './load.ts';
import { reasonOf } from './mail/failure-reason.ts';
import { buildMessage, type Message, named } from './mail/message.ts';
import { pngOf } from './mail/picture.ts';
import type { Fill } from './mail/template.ts';
import type { Transport } from './mail/transport.ts';
import type { DigestContext } from './options.ts';
import type { Pending } from './pending.ts';
import { spanOf } from './schedule/issue.ts';
import { standingOf } from './schedule/standing.ts';

/**
 * One recipient: composed before it is claimed, so that what cannot be said is not claimed either.
 * @param at when the issue was due, which is the mail's date: the same input gives the same bytes
 * @param begin notes that the digests are being sent, before the first of them
 */
export async function sendOne(
  context: DigestContext,
  fill: Fill,
  loaded: Loaded,
  { recipient, key }: Pending,
  at: Date,
  begin: () => Promise<void>,
): Promise<Delivery> {
  const { reports, transport, from, dryRun, now, siteUrl } = context;
  const { report } = loaded;
  const { organization, date, kind } = key;
  const span = spanOf(key);
  const isTest = context.to !== undefined;
  const sender = report.config.digest?.sender;
  try {
    if (
      report.config.digest?.quietDay === 'skip' &&
      isQuiet(report, recipient.scope, span) &&
      standingOf(report, span) !== 'late'
    ) {
      if (!dryRun && !isTest) await claim(reports, key, 'skipped', now(), { reason: 'no calls' });
      return { state: 'skipped', reason: 'there were no calls' };
    }
    const subscription = { organization, recipient: recipientHash(organization, key.address), kind };
    const stop = isTest ? undefined : stopOf(context, subscription);
    const input = { org: organization, recipient, siteUrl, stop };
    const view =
      'calls' in loaded ? composeDigest({ ...input, ...loaded, date }) : composePeriod({ ...input, ...loaded });
    const message = await buildMessage({
      id: isTest ? testId(key, now()) : digestId(key),
      organization,
      date,
      from: sender?.name === undefined ? from : named({ ...from, name: sender.name }),
      to: named(recipient),
      replyTo: sender?.replyTo,
      listId: sender?.listId,
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

async function testOnce(transport: Transport, message: Message): Promise<Delivery> {
  const answer = await transport.send(message).then(
    ({ id }) => ({ receipt: id }),
    (error: unknown) => ({ error }),
  );
  const { record: _inNoLedger, ...delivery } = outcomeOf(answer, message.from);
  return delivery;
}
