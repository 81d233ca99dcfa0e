import { CLERK_BROWSER } from '../clerk-versions.mjs';
import type { GateSettings } from '../settings.ts';

/** What Clerk would otherwise look for in the process's environment; there it finds nothing else. */
export function clerkEnvironment(settings: GateSettings): { [name: string]: string | undefined } {
  return {
    PUBLIC_CLERK_PUBLISHABLE_KEY: settings.publishableKey,
    PUBLIC_CLERK_SIGN_IN_URL: settings.signInUrl,
    PUBLIC_CLERK_PROXY_URL: settings.proxyUrl,
    PUBLIC_CLERK_TELEMETRY_DISABLED: '1',
    PUBLIC_CLERK_JS_VERSION: CLERK_BROWSER.js,
    PUBLIC_CLERK_UI_VERSION: CLERK_BROWSER.ui,
    CLERK_SECRET_KEY: settings.secretKey,
    CLERK_API_URL: settings.apiUrl,
  };
}
