import type { APIRoute } from 'astro';
import { sessionAnswer } from '../answers/session.ts';
import type { Session } from '../auth/tenant.ts';
import { toResponse } from '../http/reply.ts';

/** Who is signed in, and how new the reports are. */
export const GET: APIRoute = async ({ locals: { auth, gate } }) =>
  toResponse(await sessionAnswer(gate, auth?.() as Session | undefined));

export const HEAD = GET;
