import { isForeignLink } from '../auth/link.ts';
import { admit, type Session } from '../auth/tenant.ts';
import { buildNamed } from '../content/build-query.ts';
import { json, type Reply } from '../http/reply.ts';
import { queryOf } from '../http/target.ts';
import type { Answering } from './asked.ts';
import { turnedAway } from './turned-away.ts';

/**
 * Who is signed in, and how new the reports are. From the verified session only.
 * With `?o=`, 403 where the asking page is another organization's; with `?b=`, 410 where its build is none of the organization's:
 * it then shows what it should no longer show.
 * @throws where the store fails
 */
export async function sessionAnswer(gate: Answering, session: Session | undefined): Promise<Reply> {
  const admission = admit(session);
  if (admission.kind !== 'in') return turnedAway(admission);
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
}

/**
 * A page is hidden until this style sheet shows it: it is never stored, so whoever has a page from a cache needs a session of the
 * organization whose page it is. It needs no script, and no header that a browser may keep to itself. It also says which build
 * the site is of.
 * @throws where the store fails
 */
export async function sessionSheet(gate: Answering, session: Session | undefined): Promise<Reply> {
  const admission = admit(session);
  if (admission.kind !== 'in') return turnedAway(admission);
  const { organization } = admission.tenant;
  if (!queryOf(gate.target).has('o') || isForeignLink(gate.target, organization))
    return json(403, { error: 'other organization' });
  const build = await gate.sites.current(organization);
  if (!build) return json(410, { error: 'gone' });
  const headers = { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-store' };
  return { status: 200, headers, body: sheetOf(build.name) };
}

const sheetOf = (build: string): string =>
  `:root{--build:"${build}"}html>body[hidden]{display:block;visibility:visible}html>body[hidden]::before{content:none}\n`;
