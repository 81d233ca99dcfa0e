import type { APIRoute } from 'astro';
import { SESSION_HEADERS } from '../headers.ts';
import { json } from '../request.ts';
import { admit, type Session } from '../tenant.ts';

/** Who is signed in, and how new the reports are. From the verified session only. */
export const GET: APIRoute = async ({ locals: { auth, gate } }) => {
  const admission = admit(auth?.() as Session);
  if (admission.kind !== 'in') return json(admission.kind === 'signed out' ? 401 : 403, { error: admission.kind });
  const { organization, organizationName, user } = admission.tenant;
  const build = await gate.sites.current(organization);
  const response = json(200, {
    user,
    organization: { id: organization, name: organizationName },
    publishedAt: build?.publishedAt ?? null,
  });
  for (const [name, value] of Object.entries(SESSION_HEADERS)) response.headers.set(name, value);
  return response;
};

export const HEAD = GET;
