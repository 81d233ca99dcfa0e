import { sha256 } from '../../generator/lib/bytes.ts';
import { queryOf } from './target.ts';
import type { OrganizationId } from './tenant.ts';

/** What a link in a digest carries to say which organization it is about. @returns first 8 hex digits of its hash */
export const linkMark = (org: string): string => sha256(org).slice(0, 8);

/** The link was made for another organization than the session's. It can only refuse: it never selects one. */
export function isForeignLink(target: string, org: OrganizationId): boolean {
  return queryOf(target)
    .getAll('o')
    .some((mark) => mark !== linkMark(org));
}
