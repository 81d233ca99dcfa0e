import { createPublicKey } from 'node:crypto';
import { getDomain } from 'tldts';
import { UserError } from '../../generator/lib/errors.ts';
import { type Printable, printable } from '../../generator/lib/printable.ts';
import { hasLogin } from '../../generator/lib/secrets.ts';
import { need, type Settings } from '../../generator/settings.ts';
import { developmentProblems, ownAddress } from './development.ts';

/** What the gate relies on. */
export interface GateSettings {
  /** Keys of a development instance of Clerk, on this machine only, and every page says so. Absent: as in production. */
  development?: true;
  /** Where people reach it; everything a request says about its host is overwritten with this. */
  origin: string; // e.g., "https://reports.example.com"
  host: string;
  port: number;
  /** Proxies in front of the gate, each of which adds to X-Forwarded-For. */
  proxies: number;
  publishableKey: string;
  secretKey: string;
  /** Public keys in PEM: the current one, then the one before it. None: nobody is let in. */
  jwtKeys: string[];
  /** As in the tokens' `iss`. */
  issuer: string; // e.g., "https://clerk.example.com"
  /** Origin of Clerk's frontend API as a browser reaches it. */
  frontend: string;
  /** Clerk's frontend API lies behind this address. */
  proxyUrl?: string;
  /** Clerk's backend API, where it is not Clerk's own. */
  apiUrl?: string;
  /** Paths of this site, or addresses of another one. */
  signInUrl: string;
  selectOrganizationUrl: string;
  signOutUrl: string;
}

/** Reserved by RFC 2606, 6761, 6762 and 8375, or this machine: nobody's sessions can come from there. */
const NOWHERE =
  /(?:^|\.)(?:example|internal|invalid|local|localhost|test|home\.arpa)\.?$|^(?:0|127)\.|^\[::(?:1?|ffff:(?:0|7f..):.*)\]$/;
/** Clerk reads these by itself; each would make sessions come from somewhere else. */
const DIVERTING = ['CLERK_API_URL', 'PUBLIC_CLERK_PROXY_URL', 'PUBLIC_CLERK_DOMAIN', 'PUBLIC_CLERK_IS_SATELLITE'];
/** How a public RSA key of 2048 bits with exponent 65537 begins; Clerk's SDK can read no other. */
const RSA_2048 = 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA';

/**
 * @param options.production refuse what only a demo or a test may use; in development mode some of that is asked for instead
 * @throws {UserError} with every problem at once
 */
export function gateSettings(
  settings: Settings,
  { production, env = process.env }: { production: boolean; env?: NodeJS.ProcessEnv },
): GateSettings {
  const development = production && settings.development === 'true';
  const port = Number(settings.port ?? 4321);
  const problems: Printable[] = [];
  const wrong = (when: boolean, sentence: string) => {
    if (when) problems.push(printable(sentence));
  };
  try {
    if (development) need(settings, 'publishableKey', 'secretKey');
    else need(settings, 'siteUrl', 'publishableKey', 'secretKey', 'jwtKey');
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problems.push(...error.problems);
  }
  const { publishableKey = '', secretKey = '', signInUrl = '/sign-in', host = '127.0.0.1' } = settings;
  const siteUrl = settings.siteUrl ?? (development ? ownAddress(port) : undefined);
  const urls = { CCI_SITE_URL: siteUrl, CCI_SIGN_IN_URL: signInUrl, CCI_CLERK_ISSUER: settings.issuer };
  for (const [name, url] of Object.entries(urls)) wrong(url !== undefined && hasLogin(url), say.login(name));
  // The sentences below repeat the addresses.
  if (Object.values(urls).some((url) => url !== undefined && hasLogin(url))) throw new UserError(problems);
  const origin = siteUrl && URL.canParse(siteUrl) ? new URL(siteUrl).origin : '';
  const api = frontendApi(publishableKey);
  const issuer = api === undefined ? '' : `https://${api}`;
  const given = settings.issuer && URL.canParse(settings.issuer) ? new URL(settings.issuer).origin : settings.issuer;

  const shown = isSecret(publishableKey);
  wrong(shown, say.shownSecret);
  wrong(publishableKey !== '' && !shown && api === undefined, say.publishable);
  wrong(api !== undefined && given !== undefined && given !== issuer, say.issuer(String(settings.issuer), issuer));
  const pem = /PRIVATE KEY/.test(secretKey);
  wrong(pem, say.privateKey('CLERK_SECRET_KEY'));
  wrong(secretKey !== '' && !pem && !/^sk_(?:live|test)_./.test(secretKey), say.secret);
  const keys = [
    readKey('CCI_CLERK_JWT_KEY', settings.jwtKey),
    readKey('CCI_CLERK_JWT_KEY_PREVIOUS', settings.jwtKeyPrevious),
  ];
  for (const key of keys) wrong(key?.problem !== undefined, String(key?.problem));
  wrong(keys[0]?.pem !== undefined && keys[0].pem === keys[1]?.pem, say.sameKey);
  wrong(signInUrl !== '/sign-in' && !/^https?:\/\//.test(signInUrl), say.signIn(signInUrl));
  if (development) {
    const given = { siteUrl: String(siteUrl), host, port, publishableKey, secretKey, signInUrl, frontend: issuer };
    problems.push(...developmentProblems(given).map((sentence) => printable(sentence)));
  } else if (production) {
    wrong(publishableKey.startsWith('pk_test_'), say.testKey('PUBLIC_CLERK_PUBLISHABLE_KEY', 'pk_live_'));
    wrong(secretKey.startsWith('sk_test_'), say.testKey('CLERK_SECRET_KEY', 'sk_live_'));
    wrong(origin.startsWith('http:'), say.plain('CCI_SITE_URL', String(siteUrl)));
    wrong(signInUrl.startsWith('http:'), say.plain('CCI_SIGN_IN_URL', signInUrl));
    wrong(nowhere(origin), say.nowhere('CCI_SITE_URL', String(siteUrl)));
    wrong(nowhere(issuer), say.nowhere('PUBLIC_CLERK_PUBLISHABLE_KEY', issuer));
    wrong(nowhere(signInUrl), say.nowhere('CCI_SIGN_IN_URL', signInUrl));
    const isDotted = origin !== '' && new URL(origin).hostname.endsWith('.');
    wrong(isDotted && !nowhere(origin), say.dotted('CCI_SITE_URL', String(siteUrl)));
    const areOwned = [origin, issuer].every((url) => url !== '' && !nowhere(url));
    wrong(areOwned && !areRelated(origin, issuer), say.unrelated(String(siteUrl), issuer));
  }
  if (production) {
    for (const name of DIVERTING) wrong(Boolean(env[name]), say.diverting(name));
    wrong(env.NODE_ENV === 'development', say.development);
    wrong(env.NODE_TLS_REJECT_UNAUTHORIZED === '0', say.unchecked);
  }
  if (problems.length > 0) throw new UserError(problems);
  return {
    ...(development && { development }),
    origin,
    host,
    port,
    // Nothing stands in front of a gate in development mode: what a header says about it is not believed.
    proxies: development ? 0 : Number(settings.proxies ?? 1),
    publishableKey,
    secretKey,
    jwtKeys: keys.flatMap((key) => key?.pem ?? []),
    issuer,
    frontend: issuer,
    signInUrl,
    selectOrganizationUrl: '/select-organization',
    signOutUrl: '/sign-out',
  };
}

/** The host that a publishable key names, or undefined. e.g., "clerk.example.com" */
function frontendApi(publishableKey: string): string | undefined {
  const encoded = /^pk_(?:live|test)_([A-Za-z0-9+/]+=*)$/.exec(publishableKey)?.[1];
  const text = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('latin1');
  return /^([a-z0-9-]+(?:\.[a-z0-9-]+)+)\$$/i.exec(text)?.[1];
}

const nowhere = (url: string): boolean => URL.canParse(url) && NOWHERE.test(new URL(url).hostname);

/** Below one domain that somebody can own, as the public suffix list has it: cookies reach no further. */
function areRelated(origin: string, issuer: string): boolean {
  const [own, clerk] = [origin, issuer].map((url) => getDomain(url, { allowPrivateDomains: true }));
  return own !== null && own === clerk;
}

const isSecret = (value: string): boolean => /^sk_|PRIVATE KEY/.test(value);

/** Line breaks may come as "\n", since many places for variables take one line only. */
function readKey(name: string, value: string | undefined): { pem?: string; problem?: string } | undefined {
  if (value === undefined) return undefined;
  const text = value.replaceAll('\\n', '\n').trim();
  if (text.includes('PRIVATE KEY') || isSecret(text)) return { problem: say.privateKey(name) };
  try {
    const pem = createPublicKey(text).export({ type: 'spki', format: 'pem' }).toString().trim();
    return pem.replaceAll(/-----.*?-----|\s/g, '').startsWith(RSA_2048) ? { pem } : { problem: say.otherKey(name) };
  } catch {
    return { problem: say.noKey(name) };
  }
}

const say = {
  login: (name: string) =>
    `${name} has a user name or a password in it, which everybody would see. Write the address without them, and replace the password, because it has been exposed.`,
  publishable:
    'PUBLIC_CLERK_PUBLISHABLE_KEY is not a publishable key of Clerk. Copy it from the API keys page of Clerk’s dashboard: it begins with pk_live_.',
  issuer: (given: string, issuer: string) =>
    `CCI_CLERK_ISSUER is ${JSON.stringify(given)}, but the publishable key belongs to ${JSON.stringify(issuer)}. Copy both from the same instance, or leave the issuer out.`,
  secret:
    'CLERK_SECRET_KEY is not a secret key of Clerk. Copy it from the API keys page of Clerk’s dashboard: it begins with sk_live_.',
  signIn: (url: string) =>
    `CCI_SIGN_IN_URL is ${JSON.stringify(url)}, where there is no sign-in page. Write /sign-in, or the full address of a page elsewhere.`,
  testKey: (name: string, live: string) =>
    `${name} belongs to a development instance of Clerk, whose sessions travel in URLs. Use the key of the production instance: it begins with ${live}. To try the gate on this machine with this key, start it with --development.`,
  plain: (name: string, url: string) =>
    `${name} is ${JSON.stringify(url)}, so sessions would travel unencrypted. Use https:// and put the gate behind a proxy that terminates TLS.`,
  nowhere: (name: string, url: string) =>
    `${name} points to ${JSON.stringify(url)}, a reserved name for tests and demos. Set the address of the production instance.`,
  dotted: (name: string, url: string) =>
    `${name} is ${JSON.stringify(url)}, whose name ends in a dot: a browser takes it for another site than the one without, so nobody could sign in. Write it without the dot.`,
  unrelated: (site: string, issuer: string) =>
    `CCI_SITE_URL is ${JSON.stringify(site)}, but the publishable key belongs to ${JSON.stringify(issuer)}, which is another domain. A production instance of Clerk shares its sessions only with the subdomains of its own domain, so nobody could sign in. Use a site address under that domain, or the keys of the instance for the site’s domain.`,
  diverting: (name: string) =>
    `${name} is set, so sessions would be accepted from somewhere other than Clerk. Remove it from the environment.`,
  shownSecret:
    'PUBLIC_CLERK_PUBLISHABLE_KEY contains a secret key, and its value is shown to everybody who opens the sign-in page. Set the publishable key there, and replace the secret one in Clerk’s dashboard.',
  sameKey:
    'CCI_CLERK_JWT_KEY_PREVIOUS is the same key as CCI_CLERK_JWT_KEY. Set the key that sessions were signed with before, or remove it.',
  unchecked:
    'NODE_TLS_REJECT_UNAUTHORIZED is 0, so anybody could impersonate Clerk or the store. Remove it from the environment.',
  development: 'NODE_ENV is "development", in which Clerk’s checks are looser. Set it to production, or remove it.',
  privateKey: (name: string) =>
    `${name} contains a private or secret key, which does not belong there. Set the key that the name asks for, and replace the private or secret one, because it has been exposed.`,
  otherKey: (name: string) =>
    `${name} is not an RSA key of 2048 bits, which is what Clerk signs with. Copy the PEM public key from the API keys page of Clerk’s dashboard.`,
  noKey: (name: string) =>
    `${name} is not a public key in PEM. Copy the PEM public key from the API keys page of Clerk’s dashboard, beginning with -----BEGIN PUBLIC KEY-----.`,
};
