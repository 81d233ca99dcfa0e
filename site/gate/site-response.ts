import { printError } from '../../generator/lib/console.ts';
import { messageOf } from '../../generator/lib/errors.ts';
import { say } from '../../generator/lib/printable.ts';
import { isCallPage } from './audit.ts';
import { isForeignLink } from './auth/link.ts';
import { admit, type OrganizationId, type Session, type Tenant } from './auth/tenant.ts';
import { buildNamed } from './content/build-query.ts';
import type { Found } from './content/sites.ts';
import { isNoAnswer } from './content/time-limit.ts';
import { type GateRequest, json } from './context.ts';
import { withBackpressure } from './http/backpressure.ts';
import { asDownload, FILE_CSP, withSessionFrame } from './http/headers.ts';
import { codingFor, matches } from './http/negotiation.ts';
import { pathOf, sitePath } from './http/target.ts';
import { answerWith } from './notices/notice.ts';
import { gone, notFound, otherOrganization, preparing, unavailable } from './notices/notices.ts';

/** Answers where the organization's site has no such file; never shown as a page of its own. */
const NOT_FOUND = '/404.html';

/**
 * A file of the session's organization, and of no other. Checks the session again, independently of the middleware:
 * it must not matter by which way a request came here.
 */
export async function siteResponse(
  { gate, auth }: { gate: GateRequest; auth?: () => unknown },
  request: Request,
): Promise<Response> {
  const admission = admit(auth?.() as Session | undefined);
  if (admission.kind !== 'in') {
    return json(admission.kind === 'signed out' ? 401 : 403, { error: admission.kind });
  }
  const { tenant } = admission;
  const org = tenant.organization;
  if (isForeignLink(gate.target, org))
    return answerWith(otherOrganization(tenant, gate.settings, gate.target), request.headers);
  try {
    return await again(gate, org, async () => {
      const found = await find(gate, org);
      if (found === 'not published') return answerWith(preparing(tenant, gate.settings), request.headers);
      if (found === 'gone') return answerWith(gone(gate.target), request.headers);
      if (found === 'a folder') return toFolder(gate);
      return found === undefined ? answerWith(notFound(), request.headers) : await answer(found, gate, tenant, request);
    });
  } catch (error) {
    printError(say`gate: ${gate.line.path}: ${messageOf(error)}`);
    return answerWith(unavailable(), request.headers);
  }
}

/** A build may be replaced, and its blobs removed, between look-up and reading: then the pointer is read once more. */
async function again(gate: GateRequest, org: OrganizationId, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    // A store that does not answer would not answer now: somebody is waiting.
    if (isNoAnswer(error)) throw error;
    gate.sites.forget(org);
    return work();
  }
}

/** `path`: the site path whose file it is, however it was asked for. */
type Answer = Found & { path: string; status: 200 | 404 };

async function find(
  { sites, target }: GateRequest,
  org: OrganizationId,
): Promise<Answer | 'not published' | 'gone' | 'a folder' | undefined> {
  const path = sitePath(target);
  const build = buildNamed(target);
  const found = await sites.find(org, path === undefined || path === NOT_FOUND ? '' : path, build);
  if (found === 'not published' || found === 'gone') return found;
  if (typeof found === 'object') return { ...found, path: String(path), status: 200 };
  if (path !== undefined && !path.endsWith('/') && typeof (await sites.find(org, `${path}/`, build)) === 'object')
    return 'a folder';
  const page = await sites.find(org, NOT_FOUND, build);
  return page === 'not found' ? undefined : typeof page === 'string' ? page : { ...page, path: NOT_FOUND, status: 404 };
}

/** Somebody typed the address of a page without its last slash. */
function toFolder(gate: GateRequest): Response {
  const path = pathOf(gate.target);
  gate.redirect = `${path}/${gate.target.slice(path.length)}`;
  return new Response(null, { headers: { 'cache-control': 'no-store' } });
}

async function answer(
  { path, file, csp, build, status }: Answer,
  gate: GateRequest,
  { organization, user }: Tenant,
  request: Request,
): Promise<Response> {
  const isPage = file.type.startsWith('text/html');
  const etag = `"${file.sha256}"`;
  const coding = codingFor(request.headers.get('accept-encoding'), file.encoding);
  const headers = new Headers({
    // Exactly "text/html" would make Clerk write the session's claims into the page.
    'content-type': file.type === 'text/html' ? 'text/html; charset=utf-8' : file.type,
    'content-security-policy': isPage ? withSessionFrame(csp, gate.settings) : FILE_CSP,
    'cache-control': status === 200 ? 'private, no-cache' : 'no-store',
    // A page's script reads here which build it belongs to, and that there is a gate at all.
    ...(isPage && { 'server-timing': `build;desc="${build}"` }),
    ...asDownload(path, file.type),
  });
  if (status === 200) headers.set('etag', etag);
  if (status === 200 && isCallPage(path) && request.method !== 'HEAD')
    gate.audit?.({ at: gate.line.at, organization, user: user.id, ...(user.actor && { actor: user.actor }), path });
  if (status === 200 && matches(request.headers.get('if-none-match'), etag)) {
    gate.notModified = true;
    return new Response(null, { headers });
  }
  if (coding !== 'identity') headers.set('content-encoding', coding);
  const isHead = request.method === 'HEAD';
  const sizes = { br: file.stored, identity: file.size, gzip: undefined };
  // How long gzip gets is known only once it is made.
  const body = isHead && coding !== 'gzip' ? undefined : await gate.sites.read(organization, file, coding);
  headers.set('content-length', String(body?.byteLength ?? sizes[coding]));
  return new Response(isHead || !body ? null : withBackpressure(body, gate.out), { status, headers });
}
