import { clerkMiddleware } from '@clerk/astro/server';
import type { APIContext, MiddlewareHandler, MiddlewareNext } from 'astro';
import type { GateSettings } from '../settings.ts';
import { checks } from './checks.ts';

/** Runs behind the verification. It must always return a response: to Clerk, anything falsy means "go on". */
export type ClerkHandler = (auth: () => unknown, context: APIContext, next: MiddlewareNext) => Promise<Response>;

const made = new WeakMap<GateSettings, MiddlewareHandler[]>();

/** Clerk's middleware, one for each public key; made once for each settings object, since they are known at run time only. */
export function clerkMiddlewares(settings: GateSettings, handler: ClerkHandler): MiddlewareHandler[] {
  const known = made.get(settings);
  if (known) return known;
  const { publishableKey, secretKey, signInUrl, proxyUrl } = settings;
  const options = { publishableKey, secretKey, signInUrl, ...(proxyUrl && { proxyUrl }) };
  const middlewares = settings.jwtKeys.map(
    (jwtKey) => clerkMiddleware(handler, { ...options, ...checks(settings, jwtKey) }) as MiddlewareHandler,
  );
  made.set(settings, middlewares);
  return middlewares;
}
