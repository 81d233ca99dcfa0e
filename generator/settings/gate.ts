import { clerkSecretProblem, keyProblem } from '../lib/secrets.ts';
import { audit, port, proxies, recordings, siteUrl } from './checks.ts';
import type { Setting } from './setting.ts';

/** The address of the sites, Clerk, and the gate. */
export const GATE = {
  siteUrl: {
    variable: 'CCI_SITE_URL',
    about: 'address of the report sites, for the gate and for links in mail',
    check: siteUrl,
  },
  signInUrl: { variable: 'CCI_SIGN_IN_URL', default: '/sign-in', about: 'where people sign in' },
  publishableKey: { variable: 'PUBLIC_CLERK_PUBLISHABLE_KEY', about: 'Clerk’s publishable key' },
  secretKey: {
    variable: 'CLERK_SECRET_KEY',
    secret: true,
    about: 'Clerk’s secret key',
    check: clerkSecretProblem,
  },
  jwtKey: { variable: 'CCI_CLERK_JWT_KEY', about: 'Clerk’s public key in PEM, to verify sessions without a request' },
  jwtKeyPrevious: { variable: 'CCI_CLERK_JWT_KEY_PREVIOUS', about: 'the previous key, during a key change' },
  issuer: { variable: 'CCI_CLERK_ISSUER', about: 'Clerk’s frontend address, as in the tokens’ iss', check: siteUrl },
  host: { variable: 'CCI_HOST', default: '127.0.0.1', about: 'address that the gate listens on' },
  port: { variable: 'CCI_PORT', default: '4321', about: 'port that the gate listens on', check: port },
  proxies: {
    variable: 'CCI_PROXIES',
    default: '1',
    about: 'number of proxies in front of the gate; it decides which address of X-Forwarded-For counts',
    check: proxies,
  },
  edgeKey: {
    variable: 'CCI_EDGE_KEY',
    secret: true,
    about: 'on AWS Lambda behind CloudFront: proof that a request came through it, at least 32 characters',
    check: keyProblem,
  },
  development: {
    flag: 'development',
    about: 'use keys of a development instance of Clerk, on this machine only; every page says so',
  },
  metricsPort: {
    variable: 'CCI_METRICS_PORT',
    about: 'port of 127.0.0.1 on which the gate gives its metrics to Prometheus; without it there are none',
    check: port,
  },
  audit: {
    variable: 'CCI_AUDIT',
    about: 'calls: record in the reports store who opened which call',
    check: audit,
  },
  recordings: {
    variable: 'CCI_AUDIO',
    about: 'stream: the gate sends recordings itself, instead of addresses in S3 that are good for five minutes',
    check: recordings,
  },
} satisfies { [name: string]: Setting };
