import type { ReadCall } from '../days/update.ts';
import type { Log } from '../lib/console.ts';
import { each } from '../lib/each.ts';
import { normalizeCall } from '../normalize/call.ts';
import type { Mask } from '../normalize/mask.ts';
import type { Store } from '../store/store.ts';
import type { TenantConfig } from '../tenant-config.ts';
import type { Listing } from './listing.ts';
import { readCall } from './read.ts';

/** Read and normalize some calls, a bounded number at once. */
export async function readCalls(
  { results, log }: { results: Store; log: Log },
  org: string,
  listing: Listing,
  ids: readonly string[],
  config: TenantConfig,
  mask: Mask | undefined,
): Promise<Map<string, ReadCall>> {
  if (ids.length === 0) return new Map();
  return log.step(
    'read calls',
    async (progress) => {
      let done = 0;
      const calls = await each(ids, async (id) => {
        const raw = await readCall(results, org, id, listing.calls.get(id) ?? {});
        progress(++done, ids.length);
        return [id, { id, etags: raw.etags, normalized: normalizeCall(raw, config, mask) }] as const;
      });
      return new Map(calls);
    },
    (calls) => {
      const refused = [...calls.values()].reduce((sum, { normalized }) => sum + normalized.refused.length, 0);
      return `${calls.size} calls${refused > 0 ? `, ${refused} objects refused` : ''}`;
    },
  );
}
