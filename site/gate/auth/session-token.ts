import { createPublicKey, verify } from 'node:crypto';

/** What is read of a token here. Only Clerk's SDK decides whether it lets anybody in. */
export interface TokenClaims {
  /** The session. */
  sid?: unknown;
  sub?: unknown;
  /** Seconds since the epoch. */
  exp?: unknown;
  /** Of a token that ends a handshake: `Set-Cookie` headers. */
  handshake?: unknown;
}

const SHAPE = /^([\w-]+)\.([\w-]+)\.([\w-]*)$/;

/** Whether a text has the form of a signed token: a header and claims that are objects. The SDK's code breaks on some others. */
export const isToken = (text: string): boolean => partsOf(text) !== undefined;

/**
 * Reads the claims of tokens that Clerk has signed, expired or not.
 * @param pems public keys of the instance
 * @returns undefined where none of the keys has signed it
 */
export function signedClaims(pems: readonly string[]): (token: string) => TokenClaims | undefined {
  const keys = pems.map((pem) => createPublicKey(pem));
  return (token) => {
    const parts = partsOf(token);
    if (parts?.header.alg !== 'RS256') return undefined;
    const signed = Buffer.from(token.slice(0, token.lastIndexOf('.')));
    return keys.some((key) => verify('sha256', signed, key, parts.signature)) ? parts.claims : undefined;
  };
}

function partsOf(token: string): { header: { alg?: unknown }; claims: TokenClaims; signature: Buffer } | undefined {
  const [, header = '', claims = '', signature = ''] = SHAPE.exec(token) ?? [];
  const [first, second] = [objectOf(header), objectOf(claims)];
  return first && second && { header: first, claims: second, signature: Buffer.from(signature, 'base64url') };
}

function objectOf(part: string): object | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
