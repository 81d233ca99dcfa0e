import { readFileSync } from 'node:fs';
import type { MiddlewareHandler } from 'astro';
import { expect, test, vi } from 'vitest';
import { CLERK_BROWSER } from '../clerk-versions.mjs';
import type { GateSettings } from '../settings.ts';
import { type ClerkHandler, clerkMiddlewares } from './clerk.ts';
import { clerkEnvironment } from './clerk-environment.ts';

const asked = vi.hoisted(() => [] as { handler: unknown; options: object }[]);
vi.mock('@clerk/astro/server', () => ({
  clerkMiddleware: (handler: unknown, options: object) => {
    asked.push({ handler, options });
    return options;
  },
}));

const settings = {
  origin: 'https://reports.example.com',
  publishableKey: 'pk_live_x',
  secretKey: 'sk_live_x',
  jwtKeys: ['PEM 1', 'PEM 2'],
  issuer: 'https://clerk.example.com',
  signInUrl: '/sign-in',
} as GateSettings;
const handler: ClerkHandler = async () => new Response();

test('every session is verified by a key of this instance, its issuer and this site, without a call to Clerk', () => {
  const made = clerkMiddlewares(settings, handler);
  expect(made).toHaveLength(2);
  expect(asked).toStrictEqual(
    ['PEM 1', 'PEM 2'].map((jwtKey) => ({
      handler,
      options: {
        jwtKey,
        publishableKey: 'pk_live_x',
        secretKey: 'sk_live_x',
        issuer: 'https://clerk.example.com',
        authorizedParties: ['https://reports.example.com'],
        signInUrl: '/sign-in',
      },
    })),
  );
  // Made once for these settings, and anew for others.
  expect(clerkMiddlewares(settings, handler)).toBe(made);
  const proxied: MiddlewareHandler[] = clerkMiddlewares(
    { ...settings, proxyUrl: 'https://reports.example.com/c' },
    handler,
  );
  expect(proxied).not.toBe(made);
  expect(asked.at(-1)?.options).toMatchObject({ proxyUrl: 'https://reports.example.com/c' });
});

test('Clerk finds in its environment what the gate was set to, nothing is told about us, and the pinned scripts', () => {
  const {
    PUBLIC_CLERK_JS_VERSION: js,
    PUBLIC_CLERK_UI_VERSION: ui,
    ...rest
  } = clerkEnvironment({
    ...settings,
    apiUrl: 'http://localhost:1',
    proxyUrl: '/c',
  });
  expect(rest).toEqual({
    PUBLIC_CLERK_PUBLISHABLE_KEY: 'pk_live_x',
    PUBLIC_CLERK_SIGN_IN_URL: '/sign-in',
    PUBLIC_CLERK_PROXY_URL: '/c',
    PUBLIC_CLERK_TELEMETRY_DISABLED: '1',
    CLERK_SECRET_KEY: 'sk_live_x',
    CLERK_API_URL: 'http://localhost:1',
  });
  expect({ js, ui }).toEqual(CLERK_BROWSER);
  // Exact ones, which the bundle's pages are built with, too.
  for (const version of [js, ui]) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  const config = readFileSync(new URL('../../../astro.config.mjs', import.meta.url), 'utf8');
  for (const key of ['js', 'ui'])
    expect(config).toMatch(new RegExp(`clerk${key.toUpperCase()}Version: CLERK_BROWSER\\.${key}\\b`, 'i'));
});
