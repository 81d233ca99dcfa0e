import { cookieSuffix } from './forge.ts';

/** Longest time that a browser keeps a demo session, in seconds. */
const KEEP = 86_400;

/** Session cookies as Clerk names them: each twice, since two demos on one machine share a host. */
export function sessionCookies(
  publishableKey: string,
  session: { token: string; signedInAt: number } | undefined,
): string[] {
  const suffix = cookieSuffix(publishableKey);
  const twice = (name: string, value: string, age: number) =>
    [name, `${name}_${suffix}`].map((each) => cookie(each, value, age));
  // 0: signed out. The gate compares it with the token's time.
  if (!session) return [...twice('__session', '', 0), ...twice('__client_uat', '0', KEEP)];
  return [...twice('__session', session.token, KEEP), ...twice('__client_uat', String(session.signedInAt), KEEP)];
}

/** @param age in seconds; 0 removes it */
export function cookie(name: string, value: string, age: number = KEEP, sameSite: 'Lax' | 'Strict' = 'Lax'): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=${sameSite}; Max-Age=${age}`;
}

/** The cookies of a request; the first of a name counts. */
export function readCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? '').split(';')) {
    const end = pair.indexOf('=');
    const name = pair.slice(0, Math.max(end, 0)).trim();
    if (name !== '' && !cookies.has(name)) cookies.set(name, pair.slice(end + 1).trim());
  }
  return cookies;
}
