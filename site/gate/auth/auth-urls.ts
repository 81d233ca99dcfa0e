import { pathOf, queryOf, returnPath } from '../http/target.ts';
import type { GateSettings } from '../settings.ts';

/** Sign-in, choice of organization and sign-out may lie elsewhere, as in the demo: then their paths here lead on. */
export function doorElsewhere(settings: GateSettings, target: string): string | undefined {
  const path = pathOf(target).replace(/\/$/, '');
  const door = { '/sign-in': 'signInUrl', '/select-organization': 'selectOrganizationUrl', '/sign-out': 'signOutUrl' }[
    path
  ];
  const url = door && settings[door as 'signInUrl'];
  if (!url || url.startsWith('/')) return undefined;
  return withReturn(settings, url, returnPath(queryOf(target).get('redirect_url')) ?? '/');
}

/** The address of a door that leads back to `target`; another site is told the whole address. */
export function withReturn({ origin }: GateSettings, door: string, target: string): string {
  const back = door.startsWith('/') ? target : origin + target;
  return `${door}${door.includes('?') ? '&' : '?'}redirect_url=${encodeURIComponent(back)}`;
}
