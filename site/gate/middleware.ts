import type { APIContext, MiddlewareHandler, MiddlewareNext } from 'astro';
import { printError } from '../../generator/lib/console.ts';
import { stackOf } from '../../generator/lib/errors.ts';
import { say } from '../../generator/lib/printable.ts';
import { authUrl, withReturn } from './auth/auth-urls.ts';
import { type ClerkHandler, clerkMiddlewares } from './auth/clerk.ts';
import { admit, type Session } from './auth/tenant.ts';
import { isDocument, json } from './context.ts';
import { SESSION_HEADERS } from './http/headers.ts';
import { pathOf } from './http/target.ts';
import { answerWith } from './notices/notice.ts';
import { refused, signedOut, unavailable } from './notices/notices.ts';
import { outerLayer } from './outer-layer.ts';

/** Where somebody without a session has something to do. Exact, on the raw path; whatever is not named here needs a session. */
const SIGN_IN = /^\/sign-in(?:\/[A-Za-z0-9_-]+)*\/?$/;
/** Where somebody without an organization has something to do. */
const WITHOUT_ORGANIZATION = /^\/(?:select-organization|sign-out)\/?$/;

const SIGN_OUT = /^\/sign-out\/?$/;

const UNFILLED = say`gate: sessions have no custom claim org_id, or one that Clerk did not fill in. It is optional: the organization is taken from Clerk’s own claim. To use it, set it to {{org.id}} in Clerk’s session token.`;

/** Deny by default. The endpoint checks again for itself. */
export const onRequest: MiddlewareHandler = async (context, next) => {
  const { gate } = context.locals;
  if (gate?.settings === undefined || gate.settings.jwtKeys.length === 0) return json(503, { error: 'not started' });
  try {
    const response = await outerLayer(context, await withEachKey(context, next));
    // Refused or not, an open page has to see in its hidden frame that the answer has come.
    if (pathOf(gate.target) === '/session')
      for (const [name, value] of Object.entries(SESSION_HEADERS)) response.headers.set(name, value);
    return response;
  } catch (error) {
    for (const line of stackOf(error)) printError(say`gate: ${line}`);
    return answerWith(unavailable(), context.request.headers);
  }
};

/** While keys change, a signature that the current one did not make may be the previous one's. */
async function withEachKey(context: APIContext, next: MiddlewareNext): Promise<Response> {
  const { gate } = context.locals;
  const middlewares = clerkMiddlewares(gate.settings, handler);
  let response = json(401, { error: 'signed out' });
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
  return (await decide(admission, context, next)) ?? json(500, { error: 'no answer' });
};

async function decide(
  admission: ReturnType<typeof admit>,
  context: APIContext,
  next: MiddlewareNext,
): Promise<Response> {
  const { gate } = context.locals;
  const { headers } = context.request;
  const path = pathOf(gate.target);
  if (admission.kind === 'in') {
    gate.line.organization = admission.tenant.organization;
    gate.line.user = admission.tenant.user.id;
    if (admission.unfilled) gate.noteOnce(UNFILLED);
  }
  if (admission.kind === 'signed out' && SIGN_OUT.test(path)) return answerWith(signedOut(gate.settings), headers);
  const elsewhere = authUrl(gate.settings, gate.target);
  if (elsewhere !== undefined) return redirect(context, elsewhere);
  if (SIGN_IN.test(path)) return next();
  switch (admission.kind) {
    case 'in':
      return next();
    case 'no organization':
      if (WITHOUT_ORGANIZATION.test(path)) return next();
      if (!isDocument(headers) || path === '/session') return json(403, { error: 'no organization' });
      return redirect(context, withReturn(gate.settings, gate.settings.selectOrganizationUrl, gate.target));
    case 'refused':
      return path === '/sign-out' ? next() : answerWith(refused(gate.settings), headers);
    case 'signed out':
      if (!isDocument(headers) || path === '/session') return json(401, { error: 'signed out' });
      return redirect(context, withReturn(gate.settings, gate.settings.signInUrl, gate.target));
  }
}

/** Only noted here: Clerk would drop its cookies from a redirect. */
function redirect({ locals }: APIContext, location: string): Response {
  locals.gate.redirect = location;
  return new Response(null);
}
