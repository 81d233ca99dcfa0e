import type { APIRoute } from 'astro';
import { sessionSheet } from '../answers/session.ts';
import type { Session } from '../auth/tenant.ts';
import { toResponse } from '../http/reply.ts';

/** What shows a page. */
export const GET: APIRoute = async ({ locals: { auth, gate } }) =>
  toResponse(await sessionSheet(gate, auth?.() as Session | undefined));

export const HEAD = GET;
