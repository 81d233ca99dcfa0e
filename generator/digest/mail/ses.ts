import { setTimeout as sleep } from 'node:timers/promises';
import { GetSendQuotaCommand, SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import type { Message } from './message.ts';
import { sesFault } from './ses-faults.ts';
import { TAG } from './tag.ts';
import { NotSent, type Transport } from './transport.ts';

/** An answer that has not come by then is none. */
const TIMEOUT_MS = 10_000;
/** Mails a second until the account says its own: that of a new account. */
const LEAST_RATE = 1;

/**
 * Amazon SES by `SendRawEmail`: one attempt a mail, at the rate of the account's quota. An adapter for version 2 of the API
 * differs in `send` and `sesFault` alone.
 * @param url e.g., "ses:eu-central-1?configuration-set=digests"; `endpoint` and `timeout` (ms) are for tests
 */
export async function ses(url: string): Promise<Transport> {
  const { pathname: region, searchParams: query } = new URL(url);
  const configurationSet = query.get('configuration-set') ?? undefined;
  const client = sesClient(region, query.get('endpoint') ?? undefined, Number(query.get('timeout') ?? TIMEOUT_MS));
  const closed = new AbortController();
  let quota: Quota = { rate: LEAST_RATE, left: Number.POSITIVE_INFINITY };
  const asked = askQuota(client, closed.signal).then((answer) => {
    quota = { ...answer, left: answer.left - sent };
  }, noAnswer);
  let sent = 0;
  let last: number | undefined;
  return {
    async send({ id, organization, from, to, bytes }: Message) {
      // The first mail waits for nobody; those after it at the least rate until the account has told its own.
      if (last !== undefined) await Promise.race([asked, until(last + 1000 / LEAST_RATE)]);
      if (last !== undefined) await until(last + 1000 / quota.rate);
      if (quota.left <= 0)
        throw new NotSent(
          'the account’s 24-hour mail quota is used up. Run digest again later, or have the quota raised',
          { stop: true },
        );
      last = Date.now();
      sent++;
      quota.left--;
      const command = new SendRawEmailCommand({
        Source: from,
        Destinations: [to],
        RawMessage: { Data: bytes },
        ConfigurationSetName: configurationSet,
        Tags: [
          { Name: TAG, Value: id },
          { Name: 'organization', Value: organization },
        ],
      });
      try {
        const { MessageId } = await client.send(command);
        return { id: MessageId ?? '' };
      } catch (error) {
        throw sesFault(error, region);
      }
    },
    async close() {
      closed.abort();
      client.destroy();
    },
  };
}

const until = (time: number): Promise<void> => sleep(Math.max(0, time - Date.now()));

interface Quota {
  /** Mails a second. */
  rate: number;
  /** Mails that the account may still send in these 24 hours. */
  left: number;
}

/** Sending is what needs rights; to know the quota is a courtesy. Without it SES itself says when it has had enough. */
const noAnswer = (): void => {};

/** SES takes no token against doubles: an attempt of the SDK's own after a lost answer would send the mail twice. */
export const sesClient = (region: string, endpoint: string | undefined, timeout: number): SESClient =>
  new SESClient({
    region,
    ...(endpoint !== undefined && { endpoint }),
    maxAttempts: 1,
    // Without throwing, the SDK only writes a warning and waits on.
    requestHandler: { requestTimeout: timeout, connectionTimeout: timeout, throwOnRequestTimeout: true },
  });

async function askQuota(client: SESClient, abortSignal: AbortSignal): Promise<Quota> {
  const { MaxSendRate, Max24HourSend, SentLast24Hours } = await client.send(new GetSendQuotaCommand({}), {
    abortSignal,
  });
  const isLimited = Max24HourSend !== undefined && Max24HourSend >= 0;
  return {
    rate: MaxSendRate !== undefined && MaxSendRate > 0 ? MaxSendRate : LEAST_RATE,
    left: isLimited ? Max24HourSend - (SentLast24Hours ?? 0) : Number.POSITIVE_INFINITY,
  };
}
