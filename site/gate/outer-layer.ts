import { createHash } from 'node:crypto';
import type { APIContext } from 'astro';
import { clerkPageCsp } from './http/headers.ts';

/** Clerk says here what it thought of a session, and lets pages without an origin read the answer to a handshake. */
const NOT_FOR_CALLERS = /^(?:x-clerk-|x-middleware-|access-control-)/;

/** The layer outside Clerk's middleware: what it must not see or would let out. */
export async function outerLayer({ locals }: APIContext, inner: Response): Promise<Response> {
  const { gate } = locals;
  const headers = new Headers(inner.headers);
  for (const name of [...headers.keys()]) if (NOT_FOR_CALLERS.test(name)) headers.delete(name);
  for (const cookie of gate.setCookies ?? []) headers.append('set-cookie', cookie);
  if (gate.redirect !== undefined && inner.status === 200) {
    headers.set('location', gate.redirect);
    headers.set('content-length', '0');
    return new Response(null, { status: 303, headers });
  }
  if (gate.notModified && inner.status === 200) return new Response(null, { status: 304, headers });
  // Exactly this type is a page of ours with Clerk's components in it: tenants' pages name their charset.
  if (headers.get('content-type') !== 'text/html') return new Response(inner.body, { status: inner.status, headers });
  const html = await inner.text();
  headers.set('content-type', 'text/html; charset=utf-8');
  headers.set('content-security-policy', clerkPageCsp(gate.settings, inlineScripts(html)));
  return new Response(html, { status: inner.status, headers });
}

/**
 * The source of the one inline script that a component of Clerk's brings; it holds an id and settings, so it is not known before.
 * More than one: something else came into the page, and none may run.
 */
function inlineScripts(html: string): string[] {
  const scripts = scriptsIn(html).flatMap(({ attributes, text }) =>
    /\b(?:src|type="application\/json")/.test(attributes) ? [] : [text],
  );
  if (scripts.length !== 1) return [];
  return scripts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
}

/** Every script of a page that is closed, in order. */
function scriptsIn(html: string): { attributes: string; text: string }[] {
  const scripts: { attributes: string; text: string }[] = [];
  for (let from = 0; ; ) {
    const start = html.indexOf('<script', from);
    const open = html.indexOf('>', start);
    const end = html.indexOf('</script>', open);
    if (start < 0 || open < 0 || end < 0) return scripts;
    scripts.push({ attributes: html.slice(start + '<script'.length, open), text: html.slice(open + 1, end) });
    from = end;
  }
}
