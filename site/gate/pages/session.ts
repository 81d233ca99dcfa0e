import type { APIRoute } from 'astro';
import { isForeignLink } from '../auth/link.ts';
import { admit, type Session } from '../auth/tenant.ts';
import { buildNamed } from '../content/build-query.ts';
import { json } from '../context.ts';

/**
 * Who is signed in, and how new the reports are. From the verified session only.
 * With `?o=`, 403 where the asking page is another organization's; with `?b=`, 410 where its build is none of the organization's:
 * it then shows what it should no longer show.
 */
export const GET: APIRoute = async ({ locals: { auth, gate } }) => {
  const admission = admit(auth?.() as Session);
  if (admission.kind !== 'in') return json(admission.kind === 'signed out' ? 401 : 403, { error: admission.kind });
  const { organization, organizationName, user } = admission.tenant;
  if (isForeignLink(gate.target, organization)) return json(403, { error: 'other organization' });
  const asked = buildNamed(gate.target);
  if (asked !== undefined && !(await gate.sites.keeps(organization, asked))) return json(410, { error: 'gone' });
  const build = await gate.sites.current(organization);
  return json(200, {
    user,
    organization: { id: organization, name: organizationName },
    build: build?.name ?? null,
    publishedAt: build?.publishedAt ?? null,
  });
};

export const HEAD = GET;
