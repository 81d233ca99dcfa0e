// Plain JavaScript: astro.config.mjs reads it too, and Astro loads that by itself.
/** Versions of Clerk's scripts that browsers get from Clerk's servers; without them the newest there would run. The comments are for .github/renovate.json. */
export const CLERK_BROWSER = {
  // renovate: @clerk/clerk-js
  js: '6.40.0',
  // renovate: @clerk/ui
  ui: '1.36.0',
};
