import { UserError } from '../lib/errors.ts';
import { quoted, say } from '../lib/printable.ts';
import { isOrganization } from '../source/layout.ts';
import type { Store } from '../store/store.ts';

/**
 * Organizations that have a folder in the config store, or those of them that are named.
 * @throws {UserError} where a named one has none
 */
export async function organizationsOf({
  config,
  organizations,
}: {
  config: Store;
  organizations?: readonly string[];
}): Promise<string[]> {
  const all = (await config.folders('')).filter(isOrganization);
  const unknown = (organizations ?? []).filter((org) => !all.includes(org));
  if (unknown.length > 0) {
    const known = all.slice(0, 20).join(', ') || 'none';
    throw new UserError(
      unknown.map(
        (org) =>
          say`--org: ${quoted(org)} has no configuration in ${config.url}, so it has no digest. It holds: ${known}.`,
      ),
    );
  }
  return organizations ? all.filter((org) => organizations.includes(org)) : all;
}
