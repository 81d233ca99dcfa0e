import { sha256 } from './bytes.ts';

/**
 * What a link in a digest carries to say which organization it is about: the digest writes it, the gate compares it with the
 * session. It can only refuse, never select. @returns first 8 hex digits of the id's hash
 */
export const linkMark = (org: string): string => sha256(org).slice(0, 8);
