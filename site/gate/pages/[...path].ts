import type { APIRoute } from 'astro';
import { siteResponse } from '../site-response.ts';

/** Every path that is no page of the gate's own: a file of the session's organization. */
export const GET: APIRoute = ({ locals, request }) => siteResponse(locals, request);

export const HEAD = GET;
