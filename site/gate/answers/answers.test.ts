import { PassThrough } from 'node:stream';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { decodeText } from '../../../generator/lib/bytes.ts';
import { linkMark } from '../../../generator/lib/link-mark.ts';
import { memoryStore } from '../../../generator/store/memory.ts';
import type { View } from '../audit.ts';
import { openSites, type Sites } from '../content/sites.ts';
import type { GateRequest } from '../context.ts';
import type { Reply } from '../http/reply.ts';
import type { GateSettings } from '../settings.ts';
import { publishSite } from '../testing/gate.ts';
import { failure } from './failure.ts';
import { sessionAnswer, sessionSheet } from './session.ts';
import { siteAnswer } from './site.ts';

const SETTINGS = {
  ...{ origin: 'https://reports.example.com', frontend: 'https://clerk.example.com' },
  ...{ signInUrl: '/sign-in', selectOrganizationUrl: '/select-organization', signOutUrl: '/sign-out' },
} as GateSettings;
const SESSION = {
  ...{ tokenType: 'session_token', isAuthenticated: true, userId: 'user_1', orgId: 'org_1' },
  sessionClaims: { org_name: 'One' },
};
const AT = '2026-03-31T06:00:00.000Z';
const ADDRESSES = { sheet: '/_gate/gate.css', forget: '/_gate/forget.js' };
const OUR_CSP = "default-src 'none'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'";
const FILE_CSP = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; sandbox";
const PAGE = { accept: 'text/html' };
const LONG = 'a page of one organization, '.repeat(40);
const FILES = { '/': LONG, '/404.html': 'none', '/calls/c-1/': 'a call', '/data/a.json': '{"a":1}', '/logo.png': 'p' };

afterEach(() => vi.restoreAllMocks());
/** What the gate prints meanwhile. */
function printed(): string[] {
  const lines: string[] = [];
  vi.spyOn(console, 'error').mockImplementation((line) => void lines.push(String(line)));
  return lines;
}
const asked = (headers: { [name: string]: string } = {}, method = 'GET') => ({
  ...{ method, addresses: ADDRESSES },
  headers: new Headers(headers),
});

async function gateOver(files: { [path: string]: string } = FILES, over: Partial<Sites> = {}) {
  const store = memoryStore();
  if (Object.keys(files).length > 0) await publishSite(store, 'org_1', files);
  const views: View[] = [];
  const line = { at: AT, method: 'GET', path: '/logged', status: 0, bytes: 0, ms: 0 };
  const gate: GateRequest = {
    ...{ settings: SETTINGS, target: '/', line, out: new PassThrough(), noteOnce: () => {} },
    ...{ sites: { ...openSites(store), ...over }, audit: (view) => void views.push(view) },
  };
  const ask = (target: string, headers?: { [name: string]: string }, method?: string, session: object = SESSION) =>
    siteAnswer({ ...gate, target }, session, asked(headers, method));
  return { store, gate, views, ask };
}
/** A body as somebody reads it who takes what it is packed with. */
function textOf({ headers, body = '' }: Reply): string {
  if (typeof body === 'string' || !('byteLength' in body)) return String(body);
  const unpack = { br: brotliDecompressSync, gzip: gunzipSync }[headers['content-encoding'] ?? ''];
  return decodeText(unpack?.(body) ?? body);
}
const said = (reply: Reply) => [reply.status, textOf(reply)];

describe('a file of a site', () => {
  it('goes out with the headers of its kind, packed as the client takes it, and with its length', async () => {
    const { ask, gate } = await gateOver();
    const name = (await gate.sites.current('org_1' as never))?.name;
    for (const [accept, coding] of [
      ['br', 'br'],
      ['gzip', 'gzip'],
      [undefined, undefined],
    ]) {
      const reply = await ask('/', accept ? { 'accept-encoding': accept } : {});
      const { etag, ...headers } = reply.headers;
      expect([reply.status, textOf(reply), etag]).toEqual([200, LONG, expect.stringMatching(/^"[0-9a-f]{64}"$/)]);
      expect(headers).toEqual({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': `${OUR_CSP}; frame-src 'self' https://clerk.example.com`,
        'cache-control': 'private, no-cache',
        'server-timing': `build;desc="${name}"`,
        'content-length': String((reply.body as Uint8Array).byteLength),
        ...(coding && { 'content-encoding': coding }),
      });
      const head = await ask('/', accept ? { 'accept-encoding': accept } : {}, 'HEAD');
      expect(head).toEqual({ status: 200, headers: reply.headers });
    }
  });

  it('that is no page can do nothing by itself, is saved where it is data, and says nothing of its build', async () => {
    const { ask } = await gateOver();
    const data = await ask('/data/a.json');
    expect(said(data)).toEqual([200, '{"a":1}']);
    expect(data.headers).toEqual({
      ...{ 'content-type': 'application/json; charset=utf-8', 'content-security-policy': FILE_CSP },
      ...{ 'cache-control': 'private, no-cache', 'content-length': '7', etag: expect.any(String) },
      'content-disposition': 'attachment; filename="a.json"',
    });
    const picture = await ask('/logo.png', { 'accept-encoding': 'br, gzip' });
    expect(Object.keys(picture.headers).sort()).toEqual([
      ...['cache-control', 'content-length', 'content-security-policy', 'content-type', 'etag'],
    ]);
    expect(said(picture)).toEqual([200, 'p']);
  });

  it('that the browser has already is not read nor sent again', async () => {
    const { ask, gate } = await gateOver();
    const { headers } = await ask('/', { 'accept-encoding': 'br' });
    const { 'content-length': _, 'content-encoding': __, ...rest } = headers;
    gate.sites.read = () => Promise.reject(new Error('read'));
    const same = { 'if-none-match': String(headers.etag), 'accept-encoding': 'br' };
    for (const method of ['GET', 'HEAD']) expect(await ask('/', same, method)).toEqual({ status: 304, headers: rest });
    const lines = printed();
    expect((await ask('/', { 'if-none-match': '"x"' })).status).toBe(503);
    expect(lines).toEqual(['gate: /logged: read']);
  });

  it('is read for the length of its gzip alone where nobody takes the body', async () => {
    const { ask, gate } = await gateOver();
    let reads = 0;
    const { read } = gate.sites;
    gate.sites.read = (...all) => {
      reads++;
      return read(...all);
    };
    for (const coding of ['br', 'identity', 'gzip']) await ask('/', { 'accept-encoding': coding }, 'HEAD');
    expect(reads).toBe(1);
  });

  it('has a folder’s address without its last slash led to it, with what is asked for', async () => {
    const { ask } = await gateOver();
    expect(await ask('/calls/c-1?rule=x')).toEqual({
      status: 303,
      headers: { 'cache-control': 'no-store', location: '/calls/c-1/?rule=x' },
    });
    expect((await ask('/calls/c-2')).status).toBe(404);
  });
});

describe('where a site has no such file', () => {
  it('its own page says so, which nobody keeps, and which cannot be asked for by its address', async () => {
    const { ask } = await gateOver();
    for (const target of ['/nowhere/', '/nowhere', '/404.html', '/%2e%2e/x', '/a//b']) {
      const reply = await ask(target, { 'if-none-match': '*' });
      expect(said(reply)).toEqual([404, 'none']);
      expect([reply.headers['cache-control'], 'etag' in reply.headers]).toEqual(['no-store', false]);
      expect(reply.headers['content-type']).toBe('text/html; charset=utf-8');
    }
    expect((await ask('/nowhere/', {}, 'HEAD')).body).toBe(undefined);
  });

  it('the gate says so where the site has no page for it', async () => {
    const { ask } = await gateOver({ '/': 'x' });
    expect(said(await ask('/nowhere/'))).toEqual([404, '{"error":"not found"}']);
    const page = await ask('/nowhere/', PAGE);
    expect([page.status, textOf(page).includes('There is no page at this address.')]).toEqual([404, true]);
  });
});

describe('who is not let in', () => {
  it('gets a word of why, and nothing of a site', async () => {
    const { ask } = await gateOver();
    for (const [session, status, error] of [
      [{}, 401, 'signed out'],
      [{ ...SESSION, orgId: undefined }, 403, 'no organization'],
      [{ ...SESSION, orgId: '../x' }, 403, 'refused'],
    ] as const)
      expect(said(await ask('/', {}, 'GET', session))).toEqual([status, JSON.stringify({ error })]);
  });

  it('is told where a link is another organization’s, and can select that', async () => {
    const { ask } = await gateOver();
    const foreign = `/calls/c-1/?o=${linkMark('org_2')}`;
    expect(said(await ask(foreign))).toEqual([403, '{"error":"other organization"}']);
    const page = await ask(foreign, PAGE);
    expect(page.status).toBe(403);
    expect(textOf(page)).toContain('You are signed in to One, but this link is for another organization.');
    expect(textOf(page)).toContain(`redirect_url=${encodeURIComponent(foreign)}`);
    expect(textOf(page)).toContain('/_gate/gate.css');
    expect((await ask(`/calls/c-1/?o=${linkMark('org_1')}`)).status).toBe(200);
  });

  it('is told that nothing is published yet, or that a build has gone', async () => {
    const { ask } = await gateOver({});
    expect(said(await ask('/'))).toEqual([404, '{"error":"not published"}']);
    const page = await ask('/', PAGE);
    expect([page.status, textOf(page).includes('One is set up, but no report has been built')]).toEqual([200, true]);
    const { ask: askOne } = await gateOver();
    expect(said(await askOne('/calls/c-1/?b=9-00'))).toEqual([410, '{"error":"gone"}']);
    expect(textOf(await askOne('/calls/c-1/?b=9-00', PAGE))).toContain('href="/calls/c-1/"');
  });
});

describe('the trail', () => {
  it('has a line for each call that was shown, read anew or not, and for nothing else', async () => {
    const { ask, views } = await gateOver();
    const { headers } = await ask('/calls/c-1/');
    await ask('/calls/c-1/', { 'if-none-match': String(headers.etag) });
    const acted = { ...SESSION, sessionClaims: { act: { sub: 'user_2' } } };
    await ask('/calls/c-1/', {}, 'GET', acted);
    for (const target of ['/', '/calls/c-2/', '/data/a.json', '/calls/c-1']) await ask(target);
    await ask('/calls/c-1/', {}, 'HEAD');
    const view = { at: AT, organization: 'org_1', user: 'user_1', path: '/calls/c-1/' };
    expect(views).toEqual([view, view, { ...view, actor: 'user_2' }]);
  });

  it('has none of a call that could not be read, and need not be kept', async () => {
    printed();
    const { ask, gate, views } = await gateOver();
    const { read } = gate.sites;
    gate.sites.read = () => Promise.reject(new Error('read'));
    expect((await ask('/calls/c-1/')).status).toBe(503);
    expect(views).toEqual([]);
    gate.sites.read = read;
    const { audit: _, ...unkept } = gate;
    expect((await siteAnswer({ ...unkept, target: '/calls/c-1/' }, SESSION, asked())).status).toBe(200);
  });
});

describe('a store that fails', () => {
  it('is asked once more, after the pointer has been forgotten, and not where it does not answer', async () => {
    const { ask, gate } = await gateOver();
    const { find, forget } = gate.sites;
    const forgotten: string[] = [];
    gate.sites.forget = (org) => {
      forgotten.push(org);
      forget(org);
    };
    for (const [name, status, times] of [
      ['Error', 200, 1],
      ['NoAnswer', 503, 0],
    ] as const) {
      const lines = printed();
      let fails = 1;
      gate.sites.find = (...all) =>
        fails-- > 0 ? Promise.reject(Object.assign(new Error('why'), { name })) : find(...all);
      forgotten.length = 0;
      expect((await ask('/')).status).toBe(status);
      expect([forgotten, lines]).toEqual([times ? ['org_1'] : [], times ? [] : ['gate: /logged: why']]);
      vi.restoreAllMocks();
    }
  });

  it('is said to be unavailable, without what went wrong', async () => {
    const lines = printed();
    const { ask } = await gateOver(FILES, { find: () => Promise.reject(new Error('secret')) });
    const page = await ask('/', PAGE);
    expect([page.status, page.headers['retry-after']]).toEqual([503, '30']);
    expect(textOf(page)).not.toContain('secret');
    expect(said(await ask('/'))).toEqual([503, '{"error":"unavailable"}']);
    expect(lines).toEqual(['gate: /logged: secret', 'gate: /logged: secret']);
  });

  it('is told with its place where nobody expected it, and in a line where it does not answer', () => {
    const lines = printed();
    const about = [{ line: { path: '/x' } as never }, asked()] as const;
    expect(said(failure(new Error('odd'), ...about))).toEqual([503, '{"error":"unavailable"}']);
    expect(lines[0]).toBe('gate: /x: odd');
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.slice(1).every((each) => /^gate: \/x: +at /.test(each))).toBe(true);
    lines.length = 0;
    failure(Object.assign(new Error('no answer'), { name: 'NoAnswer' }), ...about);
    expect(lines).toEqual(['gate: /x: no answer']);
  });
});

describe('an open page asks who is signed in', () => {
  const as = (gate: GateRequest, target: string, session: object | undefined = SESSION) =>
    sessionAnswer({ ...gate, target }, session);

  it('and is told of the session alone, and of the current build', async () => {
    const { gate } = await gateOver();
    const build = await gate.sites.current('org_1' as never);
    const whole = {
      ...{ user: { id: 'user_1' }, organization: { id: 'org_1', name: 'One' } },
      ...{ build: build?.name, publishedAt: '2026-03-31T05:30:00Z' },
    };
    for (const target of ['/session', `/session?o=${linkMark('org_1')}&b=${build?.name}`]) {
      const reply = await as(gate, target);
      expect([reply.status, JSON.parse(textOf(reply))]).toEqual([200, whole]);
      expect(reply.headers['cache-control']).toBe('no-store');
    }
    const { gate: empty } = await gateOver({});
    expect(JSON.parse(textOf(await as(empty, '/session')))).toEqual({ ...whole, build: null, publishedAt: null });
  });

  it('and gets nothing for another organization, for a build that is gone, or without a session', async () => {
    const { gate } = await gateOver();
    for (const [target, session, status, error] of [
      ['/session', {}, 401, 'signed out'],
      ['/session', { ...SESSION, orgId: null }, 403, 'no organization'],
      [`/session?o=${linkMark('org_2')}`, SESSION, 403, 'other organization'],
      ['/session?b=9-00', SESSION, 410, 'gone'],
      ['/session?b=', SESSION, 410, 'gone'],
    ] as const)
      expect(said(await as(gate, target, session))).toEqual([status, JSON.stringify({ error })]);
  });
});

describe('the style sheet that shows a page', () => {
  const as = (gate: GateRequest, target: string, session: object | undefined = SESSION) =>
    sessionSheet({ ...gate, target }, session);

  it('is that of its organization, says which build is current, and is never stored', async () => {
    const { gate } = await gateOver();
    const build = await gate.sites.current('org_1' as never);
    expect(await as(gate, `/session.css?o=${linkMark('org_1')}`)).toEqual({
      status: 200,
      headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-store' },
      body: `:root{--build:"${build?.name}"}html>body[hidden]{display:block;visibility:visible}html>body[hidden]::before{content:none}\n`,
    });
  });

  it('shows nothing without a session, to another organization, without a word of whose page it is, or before there is a site', async () => {
    const { gate } = await gateOver();
    const { gate: empty } = await gateOver({});
    const own = `/session.css?o=${linkMark('org_1')}`;
    for (const [over, target, session, status, error] of [
      [gate, own, {}, 401, 'signed out'],
      [gate, own, { ...SESSION, orgId: '/' }, 403, 'refused'],
      [gate, '/session.css', SESSION, 403, 'other organization'],
      [gate, `/session.css?o=${linkMark('org_2')}`, SESSION, 403, 'other organization'],
      [empty, own, SESSION, 410, 'gone'],
    ] as const)
      expect(said(await as(over, target, session))).toEqual([status, JSON.stringify({ error })]);
  });
});
