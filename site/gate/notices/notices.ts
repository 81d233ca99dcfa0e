import { withReturn } from '../auth/auth-urls.ts';
import type { Tenant } from '../auth/tenant.ts';
import { FORGET_ALL } from '../http/headers.ts';
import { pathOf } from '../http/target.ts';
import type { GateSettings } from '../settings.ts';
import type { Notice } from './notice.ts';

/** Everything the gate may have to say instead of showing a page. */

export const preparing = ({ organizationName }: Tenant, settings: GateSettings): Notice => ({
  status: 200,
  error: 'not published',
  title: 'Your first report is being prepared',
  text: [
    `${organizationName} is set up, but no report has been built for it yet. Come back after the next run.`,
    'If you expected one, ask your administrator.',
  ],
  links: otherWays(settings),
});

export const otherOrganization = ({ organizationName }: Tenant, settings: GateSettings, target: string): Notice => ({
  status: 403,
  error: 'other organization',
  title: 'This link belongs to another of your organizations',
  text: [
    `You are signed in to ${organizationName}, but this link is for another organization. Select that organization, and the link will open.`,
  ],
  links: otherWays(settings, target),
});

export const notFound = (): Notice => ({
  status: 404,
  error: 'not found',
  title: 'Page not found',
  text: ['There is no page at this address.'],
  links: [{ href: '/', words: 'Overview' }],
});

export const gone = (target: string): Notice => ({
  status: 410,
  error: 'gone',
  title: 'This report has been updated',
  text: ['This address belongs to an older build that is no longer available.'],
  links: [{ href: pathOf(target), words: 'Open the current version' }],
});

export const recordingGone = (page: string): Notice => ({
  status: 404,
  error: 'recording gone',
  title: 'This recording is no longer kept',
  text: ['Recordings are kept for a shorter time than reports. The page of the call has what was said.'],
  links: [{ href: page, words: 'Back to the call' }],
});

export const recordingUnavailable = (page: string, why: string): Notice => ({
  status: 503,
  error: 'unavailable',
  title: 'This recording cannot be opened',
  text: [why],
  links: [{ href: page, words: 'Back to the call' }],
  headers: { 'retry-after': '30' },
});

export const signedOut = (settings: GateSettings): Notice => ({
  status: 200,
  error: 'signed out',
  title: 'You are signed out',
  text: ['This browser shows no reports until somebody signs in again.'],
  links: [{ href: settings.signInUrl, words: 'Sign in' }],
  forgets: true,
  headers: FORGET_ALL,
});

export const refused = (settings: GateSettings): Notice => ({
  status: 403,
  error: 'refused',
  title: 'This session cannot be used here',
  text: [
    'You are signed in, but the details of your session do not match. Sign out, then sign in again.',
    'If that does not help, ask your administrator.',
  ],
  links: [{ href: settings.signOutUrl, words: 'Sign out' }],
});

/** In development mode only: whoever reads it has set the keys. */
export const noSession = (): Notice => ({
  status: 403,
  error: 'no session',
  title: 'Clerk’s answer could not be used',
  text: [
    'This browser came back from Clerk, but what it brought does not fit the keys of this gate, or Clerk’s API did not answer.',
    'Are the publishable, the secret and the public key those of one instance of Clerk, and is this machine’s clock right? The gate’s log says more.',
  ],
  links: [{ href: '/', words: 'Try again' }],
});

export const unavailable = (): Notice => ({
  status: 503,
  error: 'unavailable',
  title: 'Reports are temporarily unavailable',
  text: ['The store that holds the reports did not respond. No data is lost. Try again in a minute.'],
  headers: { 'retry-after': '30' },
});

const otherWays = (settings: GateSettings, target = '/') => [
  { href: withReturn(settings, settings.selectOrganizationUrl, target), words: 'Select an organization' },
  { href: settings.signOutUrl, words: 'Sign out' },
];
