import {
  DescribeConfigurationSetCommand,
  GetAccountSendingEnabledCommand,
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  type SESClient,
} from '@aws-sdk/client-ses';
import { sesClient } from '../../digest/mail/ses.ts';
import { sesFault } from '../../digest/mail/ses-faults.ts';
import { NotSent, Refused } from '../../digest/mail/transport.ts';
import { printable, say } from '../../lib/printable.ts';
import { ANSWER_MS } from './context.ts';
import { capital, clauseOf, type Finding, notChecked, ok, warning, wrong } from './finding.ts';

/** Mails in 24 hours that an account in the sandbox may send. */
const SANDBOX = 200;
/** So much of the quota gone is worth a warning. */
const NEARLY = 0.8;

/**
 * Sandbox, quota, identity of the sender and configuration set. Each question needs a right that sending does not need; without it that
 * check is left open.
 */
export async function checkSes(url: string, mailFrom: string | undefined): Promise<Finding[]> {
  const { pathname: region, searchParams: query } = new URL(url);
  const client = sesClient(region, query.get('endpoint') ?? undefined, Number(query.get('timeout') ?? ANSWER_MS));
  const set = query.get('configuration-set');
  try {
    const quota = await asked('ses:GetSendQuota', 'mail: quota', region, () => quotaOf(client, region));
    // Where there is no way to SES, each question would say so.
    if (quota.some(({ result }) => result === 'wrong')) return quota;
    return [
      ...quota,
      ...(await asked('ses:GetAccountSendingEnabled', 'mail: account', region, () => accountOf(client))),
      ...(await asked('ses:GetIdentityVerificationAttributes', 'mail: sender', region, () =>
        senderOf(client, mailFrom, region),
      )),
      ...(set === null
        ? []
        : await asked('ses:DescribeConfigurationSet', 'mail: configuration set', region, () =>
            setOf(client, set, region),
          )),
    ];
  } finally {
    client.destroy();
  }
}

/** @param right that the question needs */
async function asked(right: string, check: string, region: string, work: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await work();
  } catch (error) {
    const { name = '', $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
    if (/^AccessDenied|NotAuthorized/.test(name))
      return [
        notChecked(
          check,
          say`These credentials may not ask. Grant ${right} to have it checked; sending does not need it.`,
        ),
      ];
    const fault = sesFault(error, region);
    const isKnown = fault instanceof NotSent || fault instanceof Refused || $metadata?.httpStatusCode !== undefined;
    return [
      wrong(
        check,
        printable(
          capital(`${isKnown ? clauseOf(fault) : `Amazon SES in ${region} gave no answer (${clauseOf(error)})`}.`),
        ),
      ),
    ];
  }
}

async function quotaOf(client: SESClient, region: string): Promise<Finding[]> {
  const { Max24HourSend = 0, SentLast24Hours = 0, MaxSendRate = 0 } = await client.send(new GetSendQuotaCommand({}));
  const reached = ok('mail', say`Amazon SES answers in ${region}.`);
  if (Max24HourSend < 0)
    return [reached, ok('mail: quota', say`The account may send any number of mails, ${MaxSendRate} a second.`)];
  const sent = say`${SentLast24Hours} of ${Max24HourSend} mails of 24 hours are sent, at most ${MaxSendRate} a second.`;
  const findings = [
    reached,
    SentLast24Hours >= NEARLY * Max24HourSend
      ? warning('mail: quota', say`${sent} Have the quota raised.`)
      : ok('mail: quota', sent),
  ];
  if (Max24HourSend <= SANDBOX)
    findings.push(
      warning(
        'mail: sandbox',
        say`The quota is that of the sandbox, in which mail reaches verified addresses only. In the SES console you can ask for production access.`,
      ),
    );
  return findings;
}

async function accountOf(client: SESClient): Promise<Finding[]> {
  const { Enabled } = await client.send(new GetAccountSendingEnabledCommand({}));
  return Enabled
    ? [ok('mail: account', say`Sending is not paused.`)]
    : [wrong('mail: account', say`Amazon SES has paused sending. See the SES console for the reason.`)];
}

async function senderOf(client: SESClient, mailFrom: string | undefined, region: string): Promise<Finding[]> {
  if (mailFrom === undefined) return [];
  const address = /<([^<>]+)>/.exec(mailFrom)?.[1] ?? mailFrom.trim();
  const domain = address.slice(address.lastIndexOf('@') + 1);
  const Identities = [address, domain];
  const { VerificationAttributes = {} } = await client.send(
    new GetIdentityVerificationAttributesCommand({ Identities }),
  );
  const states = Identities.map((each) => VerificationAttributes[each]?.VerificationStatus);
  if (states.includes('Success'))
    return [ok('mail: sender', say`The sender of CCI_MAIL_FROM is verified in ${region}.`)];
  const begun = states.find((state) => state !== undefined);
  const why = begun === undefined ? 'is no identity' : `is an identity whose verification is ${begun}`;
  return [
    wrong(
      'mail: sender',
      say`Neither the address of CCI_MAIL_FROM nor its domain is verified: it ${why} in ${region}. In the SES console you can verify the domain.`,
    ),
  ];
}

async function setOf(client: SESClient, set: string, region: string): Promise<Finding[]> {
  try {
    const ConfigurationSetAttributeNames = ['eventDestinations' as const];
    const { EventDestinations = [] } = await client.send(
      new DescribeConfigurationSetCommand({ ConfigurationSetName: set, ConfigurationSetAttributeNames }),
    );
    if (EventDestinations.some(({ Enabled }) => Enabled))
      return [ok('mail: configuration set', say`The configuration set ${set} sends its events on.`)];
    return [
      warning(
        'mail: configuration set',
        say`The configuration set ${set} sends its events nowhere, so bounces and complaints are not known. Give it a destination that ends in mail/events/ of the reports store.`,
      ),
    ];
  } catch (error) {
    if (!/^ConfigurationSetDoesNotExist/.test((error as Error).name)) throw error;
    return [
      wrong(
        'mail: configuration set',
        say`There is no configuration set ${set} in ${region}. Correct CCI_MAIL_URL, or create it.`,
      ),
    ];
  }
}
