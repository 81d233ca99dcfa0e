import { isDocument, type RequestHeaders } from '../http/document.ts';
import { pageOf } from '../http/target.ts';
import type { GateSettings } from '../settings.ts';
import { authUrl, withReturn } from './auth-urls.ts';

/** Where somebody without a session has something to do. Exact; whatever is not named here needs a session. */
export const SIGN_IN = /^\/sign-in(?:\/[A-Za-z0-9_-]+)*$/;

/** What a script is told that has no session, as JSON. */
export const SIGNED_OUT = { error: 'signed out' };

/** What somebody without a session gets: one of the two pages that need none, or no more than a status. */
export type SignedOutAnswer = 'sign-in' | 'sign-out' | { status: 401 } | { status: 303; location: string };

/** The one place that decides it, for the front and for the middleware. Nothing of any organization is asked for. */
export function signedOutAnswer(settings: GateSettings, target: string, headers: RequestHeaders): SignedOutAnswer {
  const page = pageOf(target);
  if (page === '/sign-out') return 'sign-out';
  const elsewhere = authUrl(settings, target);
  if (elsewhere !== undefined) return { status: 303, location: elsewhere };
  if (SIGN_IN.test(page)) return 'sign-in';
  // The hidden frame in which a page renews its session has to see an answer, not another page.
  if (!isDocument(headers) || page === '/session') return { status: 401 };
  return { status: 303, location: withReturn(settings, settings.signInUrl, target) };
}
