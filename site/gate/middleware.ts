import { clerkClient } from '@clerk/astro/server';
import type { APIContext, MiddlewareHandler, MiddlewareNext } from 'astro';
import { say } from '../../generator/lib/printable.ts';
import { failure } from './answers/failure.ts';
import { turnedAway } from './answers/turned-away.ts';
import { authUrl, withReturn } from './auth/auth-urls.ts';
import { type ClerkHandler, clerkMiddlewares } from './auth/clerk.ts';
import { cookiesAfter, exchangeNonce } from './auth/handshake.ts';
import { SIGN_IN, SIGNED_OUT, signedOutAnswer } from './auth/signed-out.ts';
import { type Admission, admit, type Session } from './auth/tenant.ts';
import { noteWho } from './context.ts';
import { isDocument } from './http/document.ts';
import { SESSION_HEADERS } from './http/headers.ts';
import { json, toResponse } from './http/reply.ts';
import { pageOf } from './http/target.ts';
import { ADDRESSES } from './notices/addresses.ts';
import { answerWith, type Notice } from './notices/notice.ts';
import { noSession, refused, signedOut } from './notices/notices.ts';
import { outerLayer } from './outer-layer.ts';

/** Where somebody without an organization has something to do. */
const WITHOUT_ORGANIZATION = ['/select-organization', '/sign-out'];

const CIRCLE = say`a browser came from several handshakes without a session; are the publishable, the secret and the public key those of one instance of Clerk, and is this machine’s clock right?`;

/** Deny by default. The endpoint checks again for itself. */
export const onRequest: MiddlewareHandler = async (context, next) => {
  const { gate } = context.locals;
  if (gate?.settings === undefined || gate.settings.jwtKeys.length === 0)
    return toResponse(json(503, { error: 'not started' }));
  try {
    const response = await outerLayer(context, await authenticated(context, next));
    // Refused or not, an open page has to see in its hidden frame that the answer has come.
    if (pageOf(gate.target) === '/session')
      for (const [name, value] of Object.entries(SESSION_HEADERS)) response.headers.set(name, value);
    return response;
  } catch (error) {
    const { method, headers } = context.request;
    return toResponse(failure(error, gate, { method, headers, addresses: ADDRESSES }));
  }
};

/**
 * A browser that comes back from a handshake has its new session still at Clerk. What Clerk gives for the nonce is put into the
 * request, as if the browser had sent it, and into the response. Where it gives nothing, the cookies beside it count as they are.
 */
async function authenticated(context: APIContext, next: MiddlewareNext): Promise<Response> {
  const { gate } = context.locals;
  const { headers } = context.request;
  const came = gate.handshake;
  const end =
    came && 'nonce' in came
      ? await exchangeNonce(() => clerkClient(context).clients.getHandshakePayload({ nonce: came.nonce }))
      : came;
  if (end && 'directives' in end) {
    const { directives } = end;
    gate.setCookies = directives;
    const { publishableKey } = gate.settings;
    headers.set('cookie', cookiesAfter(headers.get('cookie'), directives, { publishableKey, now: Date.now() }));
    // The handshake that another site's link asks for has just been made.
    headers.delete('referer');
    if (gate.cameByQuery) return redirect(context, gate.target);
  }
  if (end && 'ended' in end) gate.line.problem = end.ended;
  const response = await withEachKey(context, next);
  const isLast = gate.line.problem !== undefined || gate.inCircle;
  if (!isLast || response.status !== 307) return response;
  // Another handshake would end no better: this browser has to sign in.
  gate.line.problem ??= CIRCLE;
  headers.delete('cookie');
  const last = await withEachKey(context, next);
  // A development instance has a handshake for whoever has no cookies.
  return last.status === 307 ? said(noSession(), headers) : last;
}

/** While keys change, a signature that the current one did not make may be the previous one's. */
async function withEachKey(context: APIContext, next: MiddlewareNext): Promise<Response> {
  const { gate } = context.locals;
  const middlewares = clerkMiddlewares(gate.settings, handler);
  let response = toResponse(json(401, SIGNED_OUT));
  for (const [i, middleware] of middlewares.entries()) {
    gate.tryNextKey = false;
    gate.lastKey = i === middlewares.length - 1;
    response = (await middleware(context, next)) as Response;
    if (!gate.tryNextKey) break;
  }
  return response;
}

const handler: ClerkHandler = async (auth, context, next) => {
  const { gate, authReason } = context.locals;
  const admission = admit(auth() as Session);
  if (admission.kind === 'signed out' && authReason === 'token-invalid-signature' && !gate.lastKey) {
    gate.tryNextKey = true;
    return new Response(null, { status: 401 });
  }
  return (await decide(admission, context, next)) ?? toResponse(json(500, { error: 'no answer' }));
};

async function decide(admission: Admission, context: APIContext, next: MiddlewareNext): Promise<Response> {
  const { gate } = context.locals;
  const { headers } = context.request;
  const page = pageOf(gate.target);
  noteWho(admission, gate);
  if (admission.kind === 'signed out') return withoutSession(context, next);
  const elsewhere = authUrl(gate.settings, gate.target);
  if (elsewhere !== undefined) return redirect(context, elsewhere);
  if (SIGN_IN.test(page)) return next();
  switch (admission.kind) {
    case 'in':
      return next();
    case 'no organization':
      if (WITHOUT_ORGANIZATION.includes(page)) return next();
      if (!isDocument(headers) || page === '/session') return toResponse(turnedAway(admission));
      return redirect(context, withReturn(gate.settings, gate.settings.selectOrganizationUrl, gate.target));
    case 'refused':
      return page === '/sign-out' ? next() : said(refused(gate.settings), headers);
  }
}

async function withoutSession(context: APIContext, next: MiddlewareNext): Promise<Response> {
  const { gate } = context.locals;
  const { headers } = context.request;
  const answer = signedOutAnswer(gate.settings, gate.target, headers);
  if (answer === 'sign-in') return next();
  if (answer === 'sign-out') return said(signedOut(gate.settings), headers);
  return answer.status === 303 ? redirect(context, answer.location) : toResponse(json(401, SIGNED_OUT));
}

const said = (notice: Notice, headers: Headers): Response => toResponse(answerWith(notice, headers, ADDRESSES));

/** Only noted here: Clerk would drop its cookies from a redirect. */
function redirect({ locals }: APIContext, location: string): Response {
  locals.gate.redirect = location;
  return new Response(null);
}
