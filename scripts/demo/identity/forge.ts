import { createHash, createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** Makes session tokens of Clerk's shape, and of wrong shapes for tests. No key of it ever lies on a disk. */

export interface Keys {
  privateKey: KeyObject;
  /** Public key, PEM. */
  pem: string;
}

export function makeKeys(bits = 2048): Keys {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  return { privateKey, pem: publicKey.export({ type: 'spki', format: 'pem' }).toString() };
}

export type Claims = { [claim: string]: unknown };

export interface SessionFacts {
  issuer: string; // e.g., "https://clerk.example.com"
  /** Origin of the site that the token is for. */
  origin: string;
  user: string;
  session?: string;
  org?: { id: string; name: string; role?: string };
  email?: string;
  /** Seconds since the epoch. */
  now?: number;
  /** Life in seconds; Clerk's own tokens live 60. */
  life?: number;
}

/** Claims of a session token, version 2, with the custom claims that the reports ask for. */
export function sessionClaims({
  issuer,
  origin,
  user,
  session = 'sess_1',
  org,
  email,
  now,
  life = 60,
}: SessionFacts): Claims {
  const iat = Math.floor(now ?? Date.now() / 1000);
  return {
    azp: origin,
    exp: iat + life,
    fva: [0, -1],
    iat,
    iss: issuer,
    jti: createHash('sha256').update(`${session} ${iat}`).digest('hex').slice(0, 20),
    nbf: iat - 10,
    sid: session,
    sts: 'active',
    sub: user,
    user_id: user,
    v: 2,
    ...(email !== undefined && { email }),
    ...(org && {
      o: { id: org.id, slg: slug(org.name), rol: org.role ?? 'member' },
      org_id: org.id,
      org_name: org.name,
    }),
  };
}

/** A signed token. @param with.alg also "HS256" with a secret, or "none" */
export function forge(
  claims: Claims,
  { keys, secret = '', alg = 'RS256', header = {} }: { keys?: Keys; secret?: string; alg?: string; header?: Claims },
): string {
  const head = { alg, cat: 'cl_B7d4PD111AAA', kid: 'ins_demo', typ: 'JWT', ...header };
  const text = `${encode(head)}.${encode(claims)}`;
  if (alg === 'none') return `${text}.`;
  if (alg.startsWith('HS'))
    return `${text}.${createHmac(`sha${alg.slice(2)}`, secret)
      .update(text)
      .digest('base64url')}`;
  if (!keys) throw new Error('no key to sign with');
  return `${text}.${sign(`sha${alg.slice(2)}`, Buffer.from(text), keys.privateKey).toString('base64url')}`;
}

/** The publishable key of a production instance whose frontend API has this host. */
export const publishableKeyOf = (host: string): string =>
  `pk_live_${Buffer.from(`${host}$`).toString('base64').replace(/=+$/, '')}`;

/** What Clerk puts behind the names of cookies, so that two instances can share a host. */
export const cookieSuffix = (publishableKey: string): string =>
  createHash('sha1').update(publishableKey).digest('base64url').slice(0, 8);

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const slug = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
