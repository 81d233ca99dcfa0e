import { domainToASCII } from 'node:url';

/** RFC 5322: what may stand between the dots before the @. */
const ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+$/;
/** What a reader cannot see, and every space. */
const INVISIBLE = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u;
/** Letters, digits and marks of any script: what IDNA can make ASCII of, and nothing that a URL would cut off. */
const DOMAIN = /^[\p{L}\p{M}\p{N}.。-]+$/u;
/** RFC 2047: what mail programs decode, though in an address they should not. */
const ENCODED_WORD = /=\?[^?\s]{1,80}\?[bq]\?/i;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** RFC 5321, in bytes. */
const LONGEST = { local: 64, domain: 253, address: 254 };

/**
 * What is wrong with a text as one mail address, as the end of a sentence; undefined where nothing is. One rule for every address
 * of the configuration and the settings: a dot-atom before the @, a domain name after it, which may be in any script.
 */
export function addressProblem(text: string): string | undefined {
  const hidden = INVISIBLE.exec(text)?.[0];
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || domain === '' || /[,;<>()[\]:\\"]/.test(text) || (hidden === ' ' && local.includes('@')))
    return 'is not one mail address';
  if (hidden !== undefined)
    return `is not one mail address: it contains ${hidden === ' ' ? 'a space' : `U+${hex(hidden)}, which is invisible`}`;
  if (ENCODED_WORD.test(local)) return 'is not one mail address: before its @ it has =?…?, which mail programs decode';
  const foreign = /[^\x21-\x7e]/u.exec(local)?.[0];
  if (foreign !== undefined)
    return `is not an address that mail services accept: before its @ it may have ASCII characters only, not ${foreign}`;
  if (local.split('.').includes(''))
    return 'is not one mail address: before its @ there is a dot at the start, at the end or next to another dot';
  if (!local.split('.').every((atom) => ATOM.test(atom))) return 'is not one mail address';
  const ascii = asciiDomain(domain);
  if (ascii === undefined) return 'is not one mail address: the part after its @ is not a domain name';
  const isLong =
    local.length > LONGEST.local || ascii.length > LONGEST.domain || local.length + 1 + ascii.length > LONGEST.address;
  return isLong ? 'is not one mail address: it is too long' : undefined;
}

/** What is wrong with "Name <address>" or an address alone. */
export function mailboxProblem(text: string): string | undefined {
  const named = /^([^<>]*)<([^<>]*)>$/.exec(text.trim());
  // A line break would begin another header.
  if (named && /[\p{Cc}\p{Zl}\p{Zp}]/u.test(named[1] ?? ''))
    return 'is not a sender: its name contains a line break or another control character';
  return addressProblem(named ? (named[2] ?? '') : text.trim());
}

/** An address as it is sent: its domain in ASCII. @param address one without a problem; any other is as it was */
export function asciiAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = asciiDomain(address.slice(at + 1));
  return domain === undefined ? address : `${address.slice(0, at + 1)}${domain}`;
}

/** A domain name in lower-case ASCII, in punycode where it needs that; undefined where it is none. */
function asciiDomain(domain: string): string | undefined {
  if (!DOMAIN.test(domain)) return undefined;
  const ascii = domainToASCII(domain);
  const labels = ascii.split('.');
  const isName = labels.length > 1 && labels.every((label) => LABEL.test(label)) && /[a-z]/.test(labels.at(-1) ?? '');
  return isName ? ascii : undefined;
}

const hex = (character: string): string => (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
