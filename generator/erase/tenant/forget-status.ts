import { decodeText, stableJson } from '../../lib/bytes.ts';
import type { Status } from '../../publish/status.ts';
import { type ConditionalWrites, probeConditionalWrites } from '../../store/probe.ts';
import { PreconditionFailed, type Store } from '../../store/store.ts';

const STATUS = 'status.json';
const ATTEMPTS = 20;

/**
 * Take an organization's line out of the root's `status.json`, and leave the others as they are; tried again where a run writes at
 * the same moment. One that cannot be read is begun anew where it names the organization: every run writes its own lines again.
 * @returns whether anything was told of it
 */
export async function forgetStatus(reports: Store, org: string): Promise<boolean> {
  let keeps: ConditionalWrites | undefined;
  for (let attempt = 1; ; attempt++) {
    const object = await reports.get(STATUS);
    const next = object && without(decodeText(object.body), org);
    if (!object || next === undefined) return false;
    try {
      await reports.put(STATUS, next, keeps?.compareAndSwap === false ? {} : { ifMatch: object.etag });
      return true;
    } catch (error) {
      if (error instanceof PreconditionFailed && attempt < ATTEMPTS) continue;
      // A store without the condition refuses it in its own words, or as if another one had been faster: then it is written without.
      if (keeps !== undefined) throw error;
      keeps = await probeConditionalWrites(reports);
      if (keeps.compareAndSwap) throw error;
    }
  }
}

/** Undefined where nothing in it is the organization's. */
function without(text: string, org: string): string | undefined {
  try {
    const status = JSON.parse(text) as Status;
    if (!Object.hasOwn(status.organizations, org)) return undefined;
    const { [org]: _own, ...organizations } = status.organizations;
    return stableJson({ ...status, organizations });
  } catch {
    return text.includes(org) ? stableJson({ version: 1, organizations: {} } satisfies Status) : undefined;
  }
}
