import { linkMark } from '../../../generator/lib/link-mark.ts';
import { queryOf } from '../http/target.ts';
import type { OrganizationId } from './tenant.ts';

/** The link was made for another organization than the session's. It can only refuse: it never selects one. */
export function isForeignLink(target: string, org: OrganizationId): boolean {
  return queryOf(target)
    .getAll('o')
    .some((mark) => mark !== linkMark(org));
}
