import { siteAnswer } from './answers/site.ts';
import type { Session } from './auth/tenant.ts';
import type { GateRequest } from './context.ts';
import { toResponse } from './http/reply.ts';
import { ADDRESSES } from './notices/addresses.ts';

/** What the site's files answer, as Astro takes it. */
export async function siteResponse(
  { gate, auth }: { gate: GateRequest; auth?: () => unknown },
  { method, headers: asked }: Request,
): Promise<Response> {
  const session = auth?.() as Session | undefined;
  const { status, headers, body } = await siteAnswer(gate, session, { method, headers: asked, addresses: ADDRESSES });
  // Only noted here: Clerk would drop its cookies from a redirect, and takes 304 for one.
  const { location, ...rest } = headers;
  if (status === 303) gate.redirect = location;
  if (status === 304) gate.notModified = true;
  return status === 303 || status === 304
    ? new Response(null, { headers: rest })
    : toResponse({ status, headers, body }, gate.out);
}
