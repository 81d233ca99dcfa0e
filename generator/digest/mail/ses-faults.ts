import { strip } from '#shared/format/strip.ts';
import { NotSent, Refused } from './transport.ts';

/** What the SDK and Node put on what they throw. */
interface Thrown {
  name: string;
  message: string;
  code?: string;
  $metadata?: { httpStatusCode?: number };
}

const NEVER_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
const KEYS = 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the profile or role that is used';

/** Nothing is wrong with the mail: keys, rights, the sender or the account are, and so with every mail until somebody has seen to it. */
const OF_THE_ACCOUNT: readonly { names: readonly string[]; why: string; todo: string }[] = [
  {
    names: ['CredentialsProviderError', 'TokenProviderError'],
    why: 'there are no valid AWS credentials',
    todo: `Sign in, or set ${KEYS}`,
  },
  {
    names: ['ExpiredToken', 'ExpiredTokenException'],
    why: 'the session of the AWS credentials is over',
    todo: 'Sign in again, then run digest again',
  },
  {
    names: ['RequestExpired', 'RequestTimeTooSkewed'],
    why: 'Amazon SES finds the clock of this machine wrong',
    todo: 'Set the clock, for example by NTP, then run digest again',
  },
  {
    names: ['InvalidClientTokenId', 'UnrecognizedClientException', 'InvalidAccessKeyId'],
    why: 'Amazon SES does not know the access key id',
    todo: `Check ${KEYS}`,
  },
  {
    names: ['SignatureDoesNotMatch', 'InvalidSignatureException', 'IncompleteSignature'],
    why: 'the secret access key is not the one that belongs to the access key id, or the clock is wrong',
    todo: `Check the clock, and ${KEYS}`,
  },
  {
    names: ['AccessDenied', 'AccessDeniedException', 'OptInRequired', 'NotAuthorized'],
    why: 'these AWS credentials may not send',
    todo: 'Grant ses:SendRawEmail for the sender’s identity and the configuration set',
  },
  {
    names: ['AccountSendingPausedException', 'ConfigurationSetSendingPausedException'],
    why: 'Amazon SES has paused sending',
    todo: 'See the SES console for the reason',
  },
  {
    names: ['ConfigurationSetDoesNotExist', 'ConfigurationSetDoesNotExistException'],
    why: 'there is no such configuration set in that region',
    todo: 'Correct CCI_MAIL_URL, or create the set',
  },
  {
    names: ['MailFromDomainNotVerifiedException'],
    why: 'the MAIL FROM domain of the sender is not verified',
    todo: 'Verify it in the SES console',
  },
];

/** The classes of error. What is none of them has an unknown end, and stays as it is. */
export function sesFault(error: unknown, region: string): unknown {
  const { name, message, code, $metadata } = error as Thrown;
  const said = `${name}: ${strip(message, undefined, /[\s.]/)}`;
  const status = $metadata?.httpStatusCode ?? 0;
  if (code !== undefined && NEVER_CONNECTED.includes(code))
    return new NotSent(
      `Amazon SES in ${region} cannot be reached (${said}). Check the region in CCI_MAIL_URL, AWS_ENDPOINT_URL and the network`,
      { again: true, stop: true },
    );
  const known = OF_THE_ACCOUNT.find(({ names }) => names.includes(name));
  if (known) return new NotSent(`${known.why} (${said}). ${known.todo}`, { stop: true });
  if (status === 401 || status === 403)
    return new NotSent(`Amazon SES refused it (${said}). Check ${KEYS}`, { stop: true });
  if (/Throttling|TooManyRequests|LimitExceeded/.test(name) || status === 429) {
    const quota = /daily|quota/i.test(message);
    const why = quota
      ? `the account’s 24-hour mail quota is used up (${said}). Run digest again later, or have the quota raised`
      : `Amazon SES takes no more mails a second (${said})`;
    return new NotSent(why, { again: !quota, stop: quota });
  }
  if (name === 'MessageRejected' && /not verified/i.test(message))
    return new Refused(`${said}. Verify the sender; in the SES sandbox the recipient has to be verified too`);
  return status >= 400 && status < 500 && status !== 408 ? new Refused(said) : error;
}
