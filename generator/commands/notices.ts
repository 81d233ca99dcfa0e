import { standsStill } from '../days/standstill.ts';
import type { SendOutcome } from '../digest/options.ts';
import { isTrouble } from '../digest/outcome.ts';
import { issueName } from '../digest/schedule/issue.ts';
import { printError } from '../lib/console.ts';
import { ALL, type Seen } from '../notify/changes.ts';
import type { Channel } from '../notify/channel.ts';
import { mailtoAddress } from '../notify/notify-url.ts';
import type { Outcome } from '../run.ts';
import { need, type Settings } from '../settings.ts';
import { type Answer, clock, open } from './command.ts';

/** What a command gives back, with how it has found each organization. */
export interface Observed extends Answer {
  seen: Seen[];
}

/** What a notice cannot be sent without is said before anything is done. @throws {UserError} */
export function requireNotices(settings: Settings): void {
  if (isMail(settings)) need(settings, 'mailUrl', 'mailFrom');
}

/**
 * Tell the operator what has changed, where CCI_NOTIFY_URL says how. A notice that cannot be sent does not make the command fail. Whoever stops a run waits for none:
 * the next run tells.
 */
export async function withNotices(settings: Settings, { seen, ...answer }: Observed): Promise<Answer> {
  const { reports, notifyUrl, dryRun } = settings;
  if (notifyUrl === undefined || reports === undefined || seen.length === 0 || dryRun === 'true' || answer.signal)
    return answer;
  const { notify } = await import('../notify/notify.ts');
  const channel = await channelOf(notifyUrl, settings);
  const problems = await notify({ reports: await open(reports), channel, now: clock(settings) }, seen);
  for (const problem of problems) printError(problem);
  return problems.length === 0 ? answer : { ...answer, json: { ...answer.json, notices: problems } };
}

const isMail = ({ notifyUrl }: Settings): boolean => notifyUrl !== undefined && mailtoAddress(notifyUrl) !== undefined;

async function channelOf(notifyUrl: string, settings: Settings): Promise<Channel> {
  const address = mailtoAddress(notifyUrl);
  if (address === undefined)
    return (await import('../notify/webhook.ts')).webhook(notifyUrl, { key: settings.notifyKey, now: clock(settings) });
  const { mailUrl, mailFrom } = need(settings, 'mailUrl', 'mailFrom');
  const { openTransport } = await import('../digest/mail/open-transport.ts');
  return (await import('../notify/mail.ts')).mailChannel(address, () => openTransport(mailUrl), mailFrom);
}

/** @param now milliseconds since the epoch */
export function seenOfBuild(outcome: Outcome, now: number): Seen {
  const { org } = outcome;
  if ('problems' in outcome) return { org, build: 'failed' };
  const { refused, calls, arrivals, unfinished } = outcome.result;
  return {
    org,
    build: 'ok',
    refused: { refused, calls },
    ...(unfinished && { dead: { refused: unfinished.dead, calls } }),
    ...(arrivals && {
      calls: { state: standsStill(arrivals, now) ? 'standstill' : 'ok', since: arrivals.lastCallAt },
    }),
  };
}

export function seenOfDigests({ organizations, digests }: SendOutcome): Seen[] {
  return organizations.map(({ org, failed }) => {
    const troubled: NonNullable<Seen['digests']> = {};
    for (const digest of digests) {
      if (digest.org !== org || !isTrouble(digest)) continue;
      const key = `${issueName(digest)} ${digest.state}`;
      troubled[key] = (troubled[key] ?? 0) + 1;
    }
    const isEmpty = Object.keys(troubled).length === 0;
    return { org, digests: failed && isEmpty ? { [ALL]: 1 } : troubled };
  });
}

/** What several commands have found, as one. */
export function seenByAll(...seen: Seen[][]): Seen[] {
  const all = new Map<string, Seen>();
  for (const each of seen.flat()) all.set(each.org, { ...all.get(each.org), ...each });
  return [...all.values()];
}
