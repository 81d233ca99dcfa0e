import { createPublicKey, type KeyObject, verify } from 'node:crypto';

/** What is read of a token here. Only Clerk's SDK decides whether it lets anybody in. */
export interface TokenClaims {
  /** The session. */
  sid?: unknown;
  sub?: unknown;
  /** Seconds since the epoch. */
  exp?: unknown;
  /** Of a token that ends a handshake: `Set-Cookie` headers. */
  handshake?: unknown;
  iat?: unknown;
}

/** A text in the form of a signed token, as far as it is read; by whom it is signed is another question. */
export interface Token {
  header: { alg?: unknown; typ?: unknown; cat?: unknown };
  claims: TokenClaims;
  /** What the signature is of. */
  signed: Buffer;
  signature: Buffer;
}

const SHAPE = /^([\w-]+)\.([\w-]+)\.([\w-]*)$/;

/** Whether a text has the form of a signed token: a header and claims that are objects. The SDK's code breaks on some others. */
export const isToken = (text: string): boolean => readToken(text) !== undefined;

/** @returns undefined where the text has not the form of a signed token */
export function readToken(text: string): Token | undefined {
  const shape = SHAPE.exec(text);
  // Most that is asked about is no token, and an error of `JSON.parse` takes longer than a whole answer.
  if (!shape) return undefined;
  const [, header = '', claims = '', signature = ''] = shape;
  const [first, second] = [objectOf(header), objectOf(claims)];
  if (!first || !second) return undefined;
  const signed = Buffer.from(text.slice(0, text.lastIndexOf('.')));
  return { header: first, claims: second, signed, signature: Buffer.from(signature, 'base64url') };
}

/**
 * Reads the claims of tokens that Clerk has signed, expired or not.
 * @param pems public keys of the instance
 * @returns undefined where none of the keys has signed it
 */
export const signedClaims =
  (pems: readonly string[]) =>
  (text: string): TokenClaims | undefined => {
    const token = readToken(text);
    return token && signerOf(token, pems) !== undefined ? token.claims : undefined;
  };

/** The one of the keys that has signed a token, as Clerk signs: RS256. @param pems public keys */
export const signerOf = ({ header, signed, signature }: Token, pems: readonly string[]): string | undefined =>
  header.alg === 'RS256' ? pems.find((pem) => verify('sha256', signed, keyOf(pem), signature)) : undefined;

/** Keys that were configured in this process: the instance's own. */
const keys = new Map<string, KeyObject>();

function keyOf(pem: string): KeyObject {
  const key = keys.get(pem) ?? createPublicKey(pem);
  keys.set(pem, key);
  return key;
}

function objectOf(part: string): object | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
