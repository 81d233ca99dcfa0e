import { CLOSED_CSP, SITE_HEADERS } from '../../../generator/publish/headers.ts';
import type { GateSettings } from '../settings.ts';

export { FILE_CSP } from '../../../generator/publish/headers.ts';

/** Every response begins with these; what is more open or may be stored says so itself. */
export function headersFor({ origin }: GateSettings): { [name: string]: string } {
  return {
    ...(origin.startsWith('https:') && { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }),
    ...SITE_HEADERS,
    vary: 'Cookie, Accept-Encoding',
  };
}

/** The gate's own short pages: one style sheet, no script. */
export const NOTICE_CSP =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Of the one that has a script, of the gate's own. */
export const NOTICE_SCRIPT_CSP = `${NOTICE_CSP}; script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'`;

/** For the sound of a recording: opened by itself, it gets a small page of the browser's own around it. */
export const SOUND_CSP = `${CLOSED_CSP}; media-src 'self'; style-src 'unsafe-inline'`;

/** Let a call's page play its recording: from the gate, and from where the store of recordings has its addresses. */
export function withSound(csp: string, origin: string | undefined): string {
  const others = csp.split(';').filter((part) => part.trim() !== '' && !/^\s*media-src\b/i.test(part));
  return [...others, [' media-src', "'self'", ...(origin === undefined ? [] : [origin])].join(' ')].join(';');
}

/**
 * Data that somebody opens as a page is saved and not shown. Our scripts fetch it as before.
 * @returns headers to add, if any
 */
export function asDownload(path: string, type: string): { [name: string]: string } {
  if (!/^(?:application\/(?:json|x-ndjson)|text\/csv)\b/.test(type)) return {};
  const name = path.slice(path.lastIndexOf('/') + 1).replaceAll(/[^\w.-]/g, '_');
  return { 'content-disposition': `attachment; filename="${name}"` };
}

/** After the end of a session: nothing that a site left in this browser stays, nor a page that "Back" would show. */
export const FORGET_ALL = { 'clear-site-data': '"cache", "storage"' };

/** `/session` may be framed by the report pages, to renew a session. */
export const SESSION_HEADERS = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
  'x-frame-options': 'SAMEORIGIN',
};

/** Let a report page renew its session in a frame: this origin, and Clerk's, where the handshake passes. */
export function withSessionFrame(csp: string, { frontend }: GateSettings): string {
  const others = csp.split(';').filter((part) => part.trim() !== '' && !/^\s*(?:frame|child)-src\b/i.test(part));
  return [...others, ` frame-src 'self' ${frontend}`].join(';');
}

/** Clerk's protection against abuse loads its checks from here when it wants one; they call other ports, too. */
const PROTECTION = 'https://*.protect.clerk.com';

/** Pages with Clerk's components, which bring their own styles and one inline script. @param hashes of inline scripts */
export function clerkPageCsp({ frontend }: GateSettings, hashes: string[]): string {
  return [
    "default-src 'none'",
    ['script-src', "'self'", frontend, 'https://challenges.cloudflare.com', PROTECTION, ...hashes].join(' '),
    `connect-src 'self' ${frontend} ${PROTECTION}:*`,
    "img-src 'self' data: https://img.clerk.com",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "worker-src 'self' blob:",
    `frame-src 'self' https://challenges.cloudflare.com ${PROTECTION}`,
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
