import type { View } from '../audit.ts';
import type { Tenant } from '../auth/tenant.ts';
import type { Answering } from './asked.ts';

/** Keep in the trail, where there is one, who was shown a call's page, or where its recording is. */
export const noteView = (
  { audit, line }: Answering,
  { organization, user }: Tenant,
  view: Pick<View, 'path' | 'event'>,
): void => audit?.({ at: line.at, organization, user: user.id, ...(user.actor && { actor: user.actor }), ...view });
