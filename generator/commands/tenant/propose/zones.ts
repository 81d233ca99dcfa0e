import { mapConcurrent } from '../../../lib/map-concurrent.ts';
import { isTimeZone } from '../../../lib/time-zones.ts';
import { isOrganization } from '../../../source/layout.ts';
import type { Store } from '../../../store/store.ts';
import { counts } from './seen.ts';

/** Organizations whose configuration is looked into. */
const MOST = 50;

/** Time zones of the organizations that are configured already, the most frequent first. */
export async function zonesOfOthers(config: Store): Promise<string[]> {
  const orgs = (await config.folders('')).filter(isOrganization).slice(0, MOST);
  const zones = await mapConcurrent(orgs, async (org) => {
    const object = await config.get(`${org}/report-config.json`);
    return object === undefined ? undefined : zoneIn(Buffer.from(object.body).toString('utf8'));
  });
  return counts(zones.filter((zone) => zone !== undefined)).map(([zone]) => zone);
}

function zoneIn(text: string): string | undefined {
  try {
    const { timeZone } = JSON.parse(text) as { timeZone?: unknown };
    return typeof timeZone === 'string' && isTimeZone(timeZone) ? timeZone : undefined;
  } catch {
    return undefined;
  }
}
