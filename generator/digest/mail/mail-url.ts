import { hasLogin } from '../../lib/secrets.ts';

/** What is wrong with a `CCI_MAIL_URL`, as the end of a sentence; undefined where nothing is. */
export function mailUrlProblem(value: string): string | undefined {
  if (/^file:./.test(value)) return undefined;
  if (/^smtps?:\/\//.test(value)) return smtpProblem(URL.parse(value));
  if (/^ses:[a-z]{2}(-[a-z]+)+-\d(\?.*)?$/.test(value)) return sesProblem(new URL(value).searchParams);
  return 'is not a way to send: write file: and a folder, smtp://host:587, or ses: and a region';
}

/** Of a password that holds one of : / ? # @ % as it is, a part would be read as host, port or path. */
const ENCODE = 'in its user name and password write : / ? # @ % as %3A %2F %3F %23 %40 %25';

function smtpProblem(url: URL | null): string | undefined {
  if (!url || url.hostname === '' || !/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '')
    return `is not the address of an SMTP server: write it as smtp://user:password@host:587; ${ENCODE}`;
  if (url.username === '' && url.password !== '')
    return 'has a password without a user name: write smtp://user:password@host:587';
  try {
    decodeURIComponent(url.username + url.password);
    return undefined;
  } catch {
    return `has a % that encodes nothing: ${ENCODE}`;
  }
}

const SES_KEYS = ['configuration-set', 'endpoint', 'timeout'];

function sesProblem(query: URLSearchParams): string | undefined {
  const unknown = [...query.keys()].find((key) => !SES_KEYS.includes(key));
  if (unknown !== undefined) return `has ${JSON.stringify(unknown)}, which is not one of ${SES_KEYS.join(', ')}`;
  if (hasLogin(query.get('endpoint') ?? ''))
    return 'has an endpoint with a user name or a password, which does not belong there: SES takes the credentials of AWS';
  const timeout = query.get('timeout');
  if (timeout !== null && !/^[1-9]\d{2,5}$/.test(timeout))
    return 'has a timeout that is not 100 to 999999 milliseconds';
  return undefined;
}
