import type { APIRoute } from 'astro';
import { isForeignLink } from '../auth/link.ts';
import { admit, type Session } from '../auth/tenant.ts';
import { json } from '../context.ts';
import { queryOf } from '../http/target.ts';

/**
 * A page is hidden until this style sheet shows it: it is never stored, so whoever has a page from a cache needs a session of the
 * organization whose page it is. It needs no script, and no header that a browser may keep to itself. It also says which build
 * the site is of.
 */
export const GET: APIRoute = async ({ locals: { auth, gate } }) => {
  const admission = admit(auth?.() as Session);
  if (admission.kind !== 'in') return json(admission.kind === 'signed out' ? 401 : 403, { error: admission.kind });
  const { organization } = admission.tenant;
  if (!queryOf(gate.target).has('o') || isForeignLink(gate.target, organization))
    return json(403, { error: 'other organization' });
  const build = await gate.sites.current(organization);
  if (!build) return json(410, { error: 'gone' });
  return new Response(sheetOf(build.name), {
    headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-store' },
  });
};

export const HEAD = GET;

const sheetOf = (build: string): string =>
  `:root{--build:"${build}"}html>body[hidden]{display:block;visibility:visible}html>body[hidden]::before{content:none}\n`;
