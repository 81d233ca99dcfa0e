import { pageOf, queryOf, returnPath } from '../http/target.ts';
import type { GateSettings } from '../settings.ts';

/** Sign-in, choice of organization and sign-out may lie elsewhere, as in the demo: then their paths here lead on. */
export function authUrl(settings: GateSettings, target: string): string | undefined {
  const page = { '/sign-in': 'signInUrl', '/select-organization': 'selectOrganizationUrl', '/sign-out': 'signOutUrl' }[
    pageOf(target)
  ];
  const url = page && settings[page as 'signInUrl'];
  if (!url || url.startsWith('/')) return undefined;
  return withReturn(settings, url, returnPath(queryOf(target).get('redirect_url')) ?? '/');
}

/** The address of such a page that leads back to `target`; another site is told the whole address. */
export function withReturn({ origin }: GateSettings, page: string, target: string): string {
  const back = page.startsWith('/') ? target : origin + target;
  return `${page}${page.includes('?') ? '&' : '?'}redirect_url=${encodeURIComponent(back)}`;
}
