/** For what is no page: nothing may load, and nobody may frame it. */
export const CLOSED_CSP = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** For files of a site that are not pages; opened by themselves they can do nothing. */
export const FILE_CSP = `${CLOSED_CSP}; sandbox`;

/** With these every answer begins, of the gate and of a preview; what is more open or may be stored says so itself. */
export const SITE_HEADERS = {
  'content-security-policy': CLOSED_CSP,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // Not "no-referrer": forms would then name no origin, which is how a foreign one is told.
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'cache-control': 'no-store',
};
