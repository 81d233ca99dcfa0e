import type { Admission } from '../auth/tenant.ts';
import { json, type Reply } from '../http/reply.ts';

/** What anybody gets whose session opens no organization's site: 401 without a session, 403 with one. */
export const turnedAway = ({ kind }: Exclude<Admission, { kind: 'in' }>): Reply =>
  json(kind === 'signed out' ? 401 : 403, { error: kind });
