import type { Call } from '#shared/model.ts';
import { sha256 } from './bytes.ts';

/** What may stand in a URL and in a file name as it is. `~` is kept for hashes, so that none can be mistaken for an id. */
const SAFE = /^[A-Za-z0-9_][A-Za-z0-9_~.@,+=-]{0,119}$/;
/** Names that Windows keeps, and the one that a folder's page has when it is exported. */
const RESERVED = /^((con|prn|aux|nul|com\d|lpt\d)(\..*)?|index\.html)$/i;

/** An id as a path segment: itself where it is safe, else a hash. */
export function segmentOf(id: string): string {
  const safe = SAFE.test(id) && !id.endsWith('.') && !RESERVED.test(id);
  return safe ? id : `~${sha256(id).slice(0, 24)}`;
}

export const agentPath = (id: string): string => `/agents/${segmentOf(id)}/`;
export const teamPath = (name: string): string => `/teams/${segmentOf(name)}/`;
export const callPath = ({ id, alias }: Pick<Call, 'id' | 'alias'>): string =>
  `/calls/${alias?.segment ?? segmentOf(id)}/`;
