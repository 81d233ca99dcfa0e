import type { GateSettings } from '../settings.ts';

/** What Clerk would otherwise look for in the process's environment; there it finds nothing else. */
export function clerkEnvironment(settings: GateSettings): { [name: string]: string | undefined } {
  return {
    PUBLIC_CLERK_PUBLISHABLE_KEY: settings.publishableKey,
    PUBLIC_CLERK_SIGN_IN_URL: settings.signInUrl,
    PUBLIC_CLERK_PROXY_URL: settings.proxyUrl,
    PUBLIC_CLERK_TELEMETRY_DISABLED: '1',
    // As in astro.config.mjs, which pins them for the browser.
    PUBLIC_CLERK_JS_VERSION: '6.40.0',
    PUBLIC_CLERK_UI_VERSION: '1.36.0',
    CLERK_SECRET_KEY: settings.secretKey,
    CLERK_API_URL: settings.apiUrl,
  };
}
