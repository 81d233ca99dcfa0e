import { printError } from '../../../generator/lib/console.ts';
import { messageOf } from '../../../generator/lib/errors.ts';
import { say } from '../../../generator/lib/printable.ts';
import { isCallPage } from '../audit.ts';
import { isForeignLink } from '../auth/link.ts';
import { admit, type OrganizationId, type Session, type Tenant } from '../auth/tenant.ts';
import { buildNamed } from '../content/build-query.ts';
import type { Found } from '../content/sites.ts';
import { isNoAnswer } from '../content/time-limit.ts';
import { asDownload, FILE_CSP, withSessionFrame, withSound } from '../http/headers.ts';
import { codingFor, matches } from '../http/negotiation.ts';
import type { Reply } from '../http/reply.ts';
import { pathOf, sitePath } from '../http/target.ts';
import { answerWith } from '../notices/notice.ts';
import { gone, notFound, otherOrganization, preparing, unavailable } from '../notices/notices.ts';
import type { Answering, Asked } from './asked.ts';
import { noteView } from './note-view.ts';
import { recordingAnswer } from './recording.ts';
import { turnedAway } from './turned-away.ts';

/** Answers where the organization's site has no such file; never shown as a page of its own. */
const NOT_FOUND = '/404.html';

/**
 * A file of the session's organization, and of no other. Checks the session again, independently of whoever calls:
 * it must not matter by which way a request came here.
 */
export async function siteAnswer(
  gate: Answering,
  session: Session | undefined,
  { method, headers, addresses }: Asked,
): Promise<Reply> {
  const admission = admit(session);
  if (admission.kind !== 'in') {
    return turnedAway(admission);
  }
  const { tenant } = admission;
  const org = tenant.organization;
  if (isForeignLink(gate.target, org))
    return answerWith(otherOrganization(tenant, gate.settings, gate.target), headers, addresses);
  try {
    return await again(gate, org, async () => {
      const recording = await recordingAnswer(gate, tenant, { method, headers, addresses });
      if (recording !== undefined) return recording;
      const found = await find(gate, org);
      if (found === 'not published') return answerWith(preparing(tenant, gate.settings), headers, addresses);
      if (found === 'gone') return answerWith(gone(gate.target), headers, addresses);
      if (found === 'a folder') return toFolder(gate);
      if (found === undefined) return answerWith(notFound(), headers, addresses);
      return answer(found, gate, tenant, { method, headers });
    });
  } catch (error) {
    printError(say`gate: ${gate.line.path}: ${messageOf(error)}`);
    return answerWith(unavailable(), headers, addresses);
  }
}

/** A build may be replaced, and its blobs removed, between look-up and reading: then the pointer is read once more. */
async function again(gate: Answering, org: OrganizationId, work: () => Promise<Reply>): Promise<Reply> {
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
type Shown = Found & { path: string; status: 200 | 404 };

async function find(
  { sites, target }: Answering,
  org: OrganizationId,
): Promise<Shown | 'not published' | 'gone' | 'a folder' | undefined> {
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
function toFolder({ target }: Answering): Reply {
  const path = pathOf(target);
  return { status: 303, headers: { 'cache-control': 'no-store', location: `${path}/${target.slice(path.length)}` } };
}

async function answer(
  { path, file, csp, build, status }: Shown,
  gate: Answering,
  tenant: Tenant,
  { method, headers: asked }: Pick<Asked, 'method' | 'headers'>,
): Promise<Reply> {
  const isPage = file.type.startsWith('text/html');
  const etag = `"${file.sha256}"`;
  const coding = codingFor(asked.get('accept-encoding'), file.encoding);
  const headers: Reply['headers'] = {
    // Exactly "text/html" would make Clerk write the session's claims into the page.
    'content-type': file.type === 'text/html' ? 'text/html; charset=utf-8' : file.type,
    'content-security-policy': isPage ? await policyOf(file, csp, gate) : FILE_CSP,
    'cache-control': status === 200 ? 'private, no-cache' : 'no-store',
    // A page's script reads here which build it belongs to, and that there is a gate at all.
    ...(isPage && { 'server-timing': `build;desc="${build}"` }),
    ...asDownload(path, file.type),
    ...(status === 200 && { etag }),
  };
  const isHead = method === 'HEAD';
  const isFresh = status === 200 && matches(asked.get('if-none-match'), etag);
  const sizes = { br: file.stored, identity: file.size, gzip: undefined };
  // How long gzip gets is known only once it is made.
  const isRead = !isFresh && (!isHead || coding === 'gzip');
  const body = isRead ? await gate.sites.read(tenant.organization, file, coding) : undefined;
  // Once the bytes are there, and before any of them goes out: what could not be read was not shown.
  if (status === 200 && isCallPage(path) && !isHead) noteView(gate, tenant, { path });
  if (isFresh) return { status: 304, headers };
  if (coding !== 'identity') headers['content-encoding'] = coding;
  headers['content-length'] = String(body?.byteLength ?? sizes[coding]);
  return { status, headers, ...(body && !isHead && { body }) };
}

async function policyOf(file: Found['file'], csp: string, { settings, recordings }: Answering): Promise<string> {
  const framed = withSessionFrame(csp, settings);
  return file.recording === undefined ? framed : withSound(framed, await recordings?.origin());
}
