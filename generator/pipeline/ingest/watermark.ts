import { decodeText, stableJson } from '../../lib/bytes.ts';
import type { Store } from '../../store/store.ts';
import { ingestKey } from '../keys.ts';
import type { Cursor, Recording } from '../ports.ts';
import type { World } from '../world.ts';

/** How far an organization's recordings were taken: `<org>/pipeline/ingest.json`. */
export interface IngestState {
  version: 1;
  /** Up to where nothing is missing; absent: the provider was never listed to its end. */
  watermark?: { time: string } | { id: string };
  /** When it was last listed to its end: ISO 8601 in UTC. */
  listed?: string;
  /** The day (UTC) on which all objects were last looked through. */
  looked?: string;
}

/** Recordings appear late, and clocks differ: so far before the watermark everything is listed again. */
export const OVERLAP_MS = 24 * 60 * 60_000;

export async function readIngest(results: Store, org: string): Promise<IngestState> {
  const object = await results.get(ingestKey(org));
  return object ? (JSON.parse(decodeText(object.body)) as IngestState) : { version: 1 };
}

export const writeIngest = (results: Store, org: string, state: IngestState): Promise<string> =>
  results.put(ingestKey(org), stableJson(state));

/** From where the next listing begins. */
export function cursorOf({ watermark }: IngestState): Cursor {
  if (!watermark) return 'start';
  if ('id' in watermark) return watermark;
  return { time: new Date(Date.parse(watermark.time) - OVERLAP_MS).toISOString() };
}

/** Where a listing has got to. */
export interface Progress {
  /** A recording that was listed. @param isMissing it has to be listed again */
  seen(recording: Pick<Recording, 'id' | 'started'>, isMissing: boolean): void;
  /** The watermark after the listing has come to its end. */
  next(): IngestState['watermark'];
}

/** Follow a listing that begins now. The watermark moves to now, or to the start of the oldest recording that is still to be had. */
export function follow({ provider, now }: World, state: IngestState): Progress {
  const begun = now().getTime();
  let [oldest, isUnknown, isStuck] = [begun, false, false];
  let id = state.watermark && 'id' in state.watermark ? state.watermark.id : undefined;
  return {
    seen({ id: own, started }, isMissing) {
      const at = Date.parse(started ?? '');
      if (isMissing) {
        isStuck = true;
        if (Number.isNaN(at)) isUnknown = true;
        else oldest = Math.min(oldest, at);
      }
      // By ids there is no going back: it follows a day behind, in which recordings may still come to their end.
      if (!isStuck && !(at > begun - OVERLAP_MS)) id = own;
    },
    next() {
      if (provider.counts) return id === undefined ? state.watermark : { id };
      return isUnknown ? state.watermark : { time: new Date(oldest).toISOString() };
    },
  };
}
