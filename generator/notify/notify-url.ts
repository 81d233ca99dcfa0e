import { addressProblem } from '../lib/mail-address.ts';
import { hasLogin } from '../lib/secrets.ts';

const MAILTO = /^mailto:/i;

/** The address that a `mailto:` names; undefined where it is none. */
export const mailtoAddress = (value: string): string | undefined =>
  MAILTO.test(value) ? value.replace(MAILTO, '') : undefined;

/** What is wrong with a `CCI_NOTIFY_URL`, as the end of a sentence; undefined where nothing is. */
export function notifyUrlProblem(value: string): string | undefined {
  const address = mailtoAddress(value);
  if (address !== undefined) return addressProblem(address);
  const url = URL.parse(value);
  if (url?.protocol !== 'https:' || !/^https:\/\/[^\\\s]+$/i.test(value))
    return 'is not the address of a webhook: write https:// and what the receiver gave you, or mailto: and one mail address';
  if (hasLogin(value)) return 'has a user name or a password before its host, which is not sent: remove it';
  return url.hash === '' ? undefined : 'has a # in it, and what follows is not sent: remove it';
}
