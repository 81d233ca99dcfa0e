import { setTimeout as sleep } from 'node:timers/promises';
import { GetSendQuotaCommand, SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { messageOf } from '../lib/errors.ts';
import type { Message } from './message.ts';
import { TAG } from './tag.ts';
import { NotSent, Refused, type Transport } from './transport.ts';

/** An answer that has not come by then is none. */
const TIMEOUT_MS = 10_000;
/** Mails a second until the account says its own: that of a new account. */
const LEAST_RATE = 1;

/**
 * Amazon SES by `SendRawEmail`: one attempt a mail, at the rate of the account's quota. An adapter for version 2 of the API
 * differs in `send` and `classify` alone.
 * @param url e.g., "ses:eu-central-1?configuration-set=digests"; `endpoint` and `timeout` (ms) are for tests
 */
export async function ses(url: string): Promise<Transport> {
  const { pathname: region, searchParams: query } = new URL(url);
  const configurationSet = query.get('configuration-set') ?? undefined;
  const client = sesClient(region, query.get('endpoint') ?? undefined, Number(query.get('timeout') ?? TIMEOUT_MS));
  const quota = await quotaOf(client);
  let left = quota.left;
  let next = 0;
  return {
    async send({ id, organization, from, to, bytes }: Message) {
      if (left <= 0) throw new NotSent('the quota of SES for 24 hours is used up', { stop: true });
      const wait = next - Date.now();
      if (wait > 0) await sleep(wait);
      next = Date.now() + 1000 / quota.rate;
      left--;
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
        throw classify(error);
      }
    },
    close: async () => client.destroy(),
  };
}

/** SES takes no token against doubles: an attempt of the SDK's own after a lost answer would send the mail twice. */
export const sesClient = (region: string, endpoint: string | undefined, timeout: number): SESClient =>
  new SESClient({
    region,
    ...(endpoint !== undefined && { endpoint }),
    maxAttempts: 1,
    // Without throwing, the SDK only writes a warning and waits on.
    requestHandler: { requestTimeout: timeout, connectionTimeout: timeout, throwOnRequestTimeout: true },
  });

async function quotaOf(client: SESClient): Promise<{ rate: number; left: number }> {
  try {
    const { MaxSendRate, Max24HourSend = -1, SentLast24Hours = 0 } = await client.send(new GetSendQuotaCommand({}));
    const left = Max24HourSend < 0 ? Number.POSITIVE_INFINITY : Max24HourSend - SentLast24Hours;
    return { rate: MaxSendRate && MaxSendRate > 0 ? MaxSendRate : LEAST_RATE, left };
  } catch (error) {
    const { name } = error as Error;
    // Sending is what needs rights; knowing the quota is a courtesy.
    if (name === 'AccessDenied' || name === 'AccessDeniedException')
      return { rate: LEAST_RATE, left: Number.POSITIVE_INFINITY };
    throw new NotSent(`SES does not tell its quota: ${messageOf(error)}`, { stop: true });
  }
}

const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** The classes of error. What is none of them has an unknown end, and stays as it is. */
function classify(error: unknown): unknown {
  const { name, message, code, $metadata } = error as Error & {
    code?: string;
    $metadata?: { httpStatusCode?: number };
  };
  const said = `${name}: ${message}`;
  if (code !== undefined && NEVER_CONNECTED.has(code)) return new NotSent(said, { again: true });
  if (name === 'CredentialsProviderError') return new NotSent(said, { stop: true });
  const status = $metadata?.httpStatusCode ?? 0;
  if (/Throttling|TooManyRequests|LimitExceeded/.test(name) || status === 429) {
    const quota = /daily|quota/i.test(message);
    return new NotSent(said, { again: !quota, stop: quota });
  }
  return status >= 400 && status < 500 && status !== 408 ? new Refused(said) : error;
}
