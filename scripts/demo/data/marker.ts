import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeText } from '../../../generator/lib/bytes.ts';
import type { Store } from '../../../generator/store/store.ts';

/** Says that a store holds nothing but synthetic data, and which. */
export const markerKey = 'demo-store.json';

export interface TenantSummary {
  org: string;
  name: string;
  lastDay: string; // e.g., "2026-03-30"
  calls: number;
}

export interface Marker {
  synthetic: true;
  note: string;
  /** Absent while the first write is under way. */
  edition?: string;
  seed?: number;
  days?: number;
  callsPerDay?: [number, number] | null;
  sounds?: boolean;
  /** The latest of the tenants' last days. */
  lastDay?: string;
  tenants?: TenantSummary[];
}

export const note = 'Made by the demo. Every person, number and call in it is invented.';

/** The store's marker, or undefined where there is none or it does not say that the data is synthetic. */
export async function readMarker(store: Store): Promise<Marker | undefined> {
  const object = await store.get(markerKey);
  if (!object) return undefined;
  const marker: Marker = JSON.parse(decodeText(object.body));
  return marker.synthetic === true ? marker : undefined;
}

/** Hash of what makes the data: another edition of the texts means other data. */
export function edition(): string {
  const hash = createHash('sha256');
  for (const folder of [import.meta.dirname, join(import.meta.dirname, '../sounds')])
    for (const name of readdirSync(folder).sort())
      if (/\.(?:ts|json)$/.test(name) && !name.endsWith('.test.ts')) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 12);
}
