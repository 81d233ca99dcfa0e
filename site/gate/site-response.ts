import { acceptsBrotli, matches } from './conditions.ts';
import { FILE_CSP, withSessionFrame } from './headers.ts';
import { isForeignLink } from './link.ts';
import { answerWith } from './notice.ts';
import { notFound, otherOrganization, preparing, unavailable } from './notices.ts';
import { type GateRequest, json } from './request.ts';
import type { Found } from './sites.ts';
import { pathOf, sitePath } from './target.ts';
import { admit, type OrganizationId, type Session } from './tenant.ts';

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
      if (found === 'a folder') return toFolder(gate);
      return found === undefined ? answerWith(notFound(), request.headers) : await answer(found, gate, org, request);
    });
  } catch (error) {
    console.error(`gate: ${pathOf(gate.target)}: ${error instanceof Error ? error.message : String(error)}`);
    return answerWith(unavailable(), request.headers);
  }
}

/** A build may be replaced, and its blobs removed, between look-up and reading: then the pointer is read once more. */
async function again(gate: GateRequest, org: OrganizationId, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch {
    gate.sites.forget(org);
    return work();
  }
}

type Answer = Found & { status: 200 | 404 };

async function find(
  { sites, target }: GateRequest,
  org: OrganizationId,
): Promise<Answer | 'not published' | 'a folder' | undefined> {
  const path = sitePath(target);
  const found = path === undefined || path === NOT_FOUND ? 'not found' : await sites.find(org, path);
  if (found === 'not published') return found;
  if (found !== 'not found') return { ...found, status: 200 };
  if (path !== undefined && !path.endsWith('/') && typeof (await sites.find(org, `${path}/`)) === 'object')
    return 'a folder';
  const page = await sites.find(org, NOT_FOUND);
  return typeof page === 'string' ? (page === 'not published' ? page : undefined) : { ...page, status: 404 };
}

/** Somebody typed the address of a page without its last slash. */
function toFolder(gate: GateRequest): Response {
  const path = pathOf(gate.target);
  gate.redirect = `${path}/${gate.target.slice(path.length)}`;
  return new Response(null, { headers: { 'cache-control': 'no-store' } });
}

async function answer(found: Answer, gate: GateRequest, org: OrganizationId, request: Request): Promise<Response> {
  const { file, status } = found;
  const isPage = file.type.startsWith('text/html');
  const etag = `"${file.sha256}"`;
  const asStored = file.encoding === undefined || acceptsBrotli(request.headers.get('accept-encoding'));
  const headers = new Headers({
    // Exactly "text/html" would make Clerk write the session's claims into the page.
    'content-type': file.type === 'text/html' ? 'text/html; charset=utf-8' : file.type,
    'content-security-policy': isPage ? withSessionFrame(found.csp, gate.settings) : FILE_CSP,
    'cache-control': status === 200 ? 'private, no-cache' : 'no-store',
  });
  if (status === 200) headers.set('etag', etag);
  if (status === 200 && matches(request.headers.get('if-none-match'), etag)) {
    gate.notModified = true;
    return new Response(null, { headers });
  }
  if (asStored && file.encoding) headers.set('content-encoding', file.encoding);
  headers.set('content-length', String(asStored ? file.stored : file.size));
  if (request.method === 'HEAD') return new Response(null, { status, headers });
  const body = await gate.sites.read(org, file, asStored ? 'stored' : 'plain');
  return new Response(body as Uint8Array<ArrayBuffer>, { status, headers });
}
