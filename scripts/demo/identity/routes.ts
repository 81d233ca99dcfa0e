import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { returnPath } from '../../../site/gate/http/target.ts';
import { cookie, readCookies } from './cookies.ts';
import { selectPage, signInPage, signOutPage, sorryPage } from './pages.ts';
import type { IdentityOptions } from './people.ts';
import type { DemoSession, Sessions } from './sessions.ts';

interface Site extends IdentityOptions {
  url: string;
  style: { css: Buffer; font: Buffer };
  sessions: Sessions;
}

const SESSION = '__demo_identity';
const CSRF = '__demo_csrf';
const LONGEST_FORM = 8192;

/** Answer one request of a browser. */
export async function answer(req: IncomingMessage, res: ServerResponse, site: Site): Promise<void> {
  const { gateOrigin, persons, organizations, url, sessions, style } = site;
  for (const [name, value] of Object.entries(headersFor(gateOrigin))) res.setHeader(name, value);
  // Another name for this machine would be another site's page reaching in (DNS rebinding).
  if (req.headers.host !== new URL(url).host) return html(res, 421, sorryPage('Not here', `Open ${url} instead.`));
  const { pathname, searchParams } = new URL(req.url ?? '/', url);
  const cookies = readCookies(req.headers.cookie);
  const id = cookies.get(`${SESSION}_${new URL(url).port}`);
  const session = sessions.get(id);
  const csrf = /^[0-9a-f]{32}$/.test(cookies.get(CSRF) ?? '')
    ? String(cookies.get(CSRF))
    : randomBytes(16).toString('hex');
  const back = backFrom(searchParams.get('redirect_url'), gateOrigin) ?? '/';
  const show = (text: string) => html(res, 200, text, [cookie(CSRF, csrf, 86_400, 'Strict')]);
  const land = (to: string, lines: string[]) => redirect(res, 303, gateOrigin + to, lines);
  const keep = (now: DemoSession) => cookie(`${SESSION}_${new URL(url).port}`, now.id);

  switch (`${req.method} ${pathname}`) {
    case 'GET /style.css':
      return void res.writeHead(200, { 'content-type': 'text/css; charset=utf-8' }).end(style.css);
    case 'GET /font.woff2':
      return void res.writeHead(200, { 'content-type': 'font/woff2' }).end(style.font);
    case 'GET /':
      return redirect(res, 303, '/sign-in', []);
    case 'GET /sign-in':
      return show(signInPage(persons, organizations, { csrf, back }));
    case 'GET /select-organization': {
      if (!session) return redirect(res, 303, '/sign-in', []);
      const own = organizations.filter(({ org }) => session.person.orgs.includes(org));
      return show(selectPage(session.person, own, session.org, { csrf, back }));
    }
    case 'GET /sign-out':
      return show(signOutPage(session?.person, { csrf, back }));
    case 'GET /v1/client/handshake':
      // Signed in or not: the gate reads the answer from this cookie, which it can see because cookies know no ports.
      return redirect(res, 307, gateOrigin + back, [sessions.handshake(session)]);
  }
  if (req.method !== 'POST') return html(res, 404, sorryPage('Page not found', 'There is no page at this address.'));

  const form = await readForm(req, csrf, url);
  if (!form) return html(res, 400, sorryPage('Invalid form', 'The form did not come from this page. Try again.'));
  const to = backFrom(form.get('redirect_url'), gateOrigin) ?? '/';
  if (pathname === '/sign-in') {
    const opened = sessions.open(form.get('user') ?? '', form.get('org') ?? '');
    if (!opened) return html(res, 400, sorryPage('Unknown person', 'There is no such person in this organization.'));
    sessions.end(id);
    return land(to, [keep(opened), ...sessions.cookies(opened)]);
  }
  if (pathname === '/select-organization' && session) {
    if (!sessions.choose(session, form.get('org') ?? '')) {
      return html(res, 400, sorryPage('Not a member', `${session.person.name} does not belong to this organization.`));
    }
    return land(to, [keep(session), ...sessions.cookies(session)]);
  }
  if (pathname === '/sign-out') {
    sessions.end(id);
    // The gate says that it is done, and makes the browser forget.
    return land('/sign-out', [cookie(`${SESSION}_${new URL(url).port}`, '', 0), ...sessions.cookies(undefined)]);
  }
  return html(res, 404, sorryPage('Page not found', 'There is no page at this address.'));
}

/** A path at the gate, given as such or as its whole address; undefined where it leads anywhere else. */
function backFrom(text: string | null, gateOrigin: string): string | undefined {
  return returnPath(text?.startsWith(`${gateOrigin}/`) ? text.slice(gateOrigin.length) : text);
}

/** The fields of a form, or undefined where it is too long or not sent from this program's own page. */
async function readForm(req: IncomingMessage, csrf: string, url: string): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_FORM) return undefined;
    chunks.push(chunk);
  }
  const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
  const given = Buffer.from(form.get('csrf') ?? '');
  const foreign = req.headers.origin !== undefined && req.headers.origin !== url;
  return !foreign && given.length === csrf.length && timingSafeEqual(given, Buffer.from(csrf)) ? form : undefined;
}

const headersFor = (gateOrigin: string): { [name: string]: string } => ({
  'x-cci-demo-identity': '1',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  // Browsers hold redirects after a form to this too, so the gate is named.
  'content-security-policy': `default-src 'none'; style-src 'self'; font-src 'self'; img-src data:; base-uri 'none'; form-action 'self' ${gateOrigin}; frame-ancestors 'none'`,
});

function html(res: ServerResponse, status: number, text: string, cookies: string[] = []): void {
  res.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'set-cookie': cookies }).end(text);
}

function redirect(res: ServerResponse, status: 303 | 307, location: string, cookies: string[]): void {
  res.writeHead(status, { location, 'set-cookie': cookies }).end();
}
