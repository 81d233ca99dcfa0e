import { usableId } from '../../../generator/source/layout.ts';
import type { ByteRange, ListedObject, Store, StoredObject } from '../../../generator/store/store.ts';
import type { OrganizationId } from '../auth/tenant.ts';

/** A recording as it lies in the store now. */
export interface Recording {
  key: string; // e.g., "org_12/audio/c-1.mp3"
  /** By the ending of its key. */
  ending: string;
  type: string; // e.g., "audio/mpeg"
}

/** The recordings of all organizations; each is reached only with an id from a verified session, and a call's id from its manifest. */
export interface Recordings {
  /** The newest recording of a call, which may be gone. One listing. @throws where the store fails */
  find(org: OrganizationId, id: string): Promise<Recording | undefined>;
  /**
   * An address outside the gate at which whoever has it can read it, for a while; undefined: the gate has to send it.
   * @throws where nobody may read it, so that somebody is told
   */
  share(recording: Recording, how: { seconds: number; disposition: string }): Promise<string | undefined>;
  /** Some of its bytes. @throws where the store fails */
  read(recording: Recording, range: ByteRange, etag?: string): Promise<StoredObject | undefined>;
  /** Where addresses of `share` lead; undefined: to the gate, or it is not known at present. Never throws. */
  origin(): Promise<string | undefined>;
}

/** By what recordings end in; the pipeline's record of a call says .mp3 of all of them. */
const TYPES: { [ending: string]: string } = {
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  oga: 'audio/ogg',
  opus: 'audio/ogg',
  m4a: 'audio/mp4',
  mp4: 'audio/mp4',
  aac: 'audio/aac',
  flac: 'audio/flac',
  webm: 'audio/webm',
  amr: 'audio/amr',
};
const ENDING = /^[a-z0-9]{2,4}$/;
/** Objects of one page of a listing: no call has so many recordings. */
const MOST_LISTED = 1000;
/** How long it is believed that addresses cannot be made at present. */
const RETRY_MS = 60_000;

/** @param options.stream the gate sends recordings itself, also where the store can make addresses */
export function openRecordings(store: Store, options: { stream: boolean; now?: () => number }): Recordings {
  const { now = Date.now } = options;
  const makesAddresses = store.share !== undefined && !options.stream;
  let origin: { asked: number; value: Promise<string | undefined> } | undefined;

  const share: Recordings['share'] = async ({ key, type }, { seconds, disposition }) => {
    if (!makesAddresses) return undefined;
    // An address can be made of what nobody may read: its reader would get S3's own words, and nobody else would know.
    await store.get(key, { range: { start: 0, end: 1 } });
    return store.share?.(key, { seconds, type, disposition });
  };

  return {
    async find(org, id) {
      if (!usableId(id)) return undefined;
      const prefix = `${org}/audio/${id}.`;
      const found: ListedObject[] = [];
      let listed = 0;
      for await (const object of store.list(prefix)) {
        if (ENDING.test(object.key.slice(prefix.length))) found.push(object);
        if (++listed === MOST_LISTED) break;
      }
      const endingOf = ({ key }: ListedObject) => key.slice(prefix.length);
      const isSound = (object: ListedObject) => Number(Object.hasOwn(TYPES, endingOf(object)));
      const [newest] = found.sort((a, b) => isSound(b) - isSound(a) || (b.modified ?? 0) - (a.modified ?? 0));
      if (newest === undefined) return undefined;
      return recordingOf(org, id, endingOf(newest));
    },
    share,
    read: ({ key }, range, etag) => store.get(key, { range, ...(etag !== undefined && { ifMatch: etag }) }),
    origin() {
      if (!makesAddresses) return Promise.resolve(undefined);
      if (origin && now() - origin.asked < RETRY_MS) return origin.value;
      const asked = now();
      const value = originOf(store).then(
        (known) => {
          origin = { asked: Number.POSITIVE_INFINITY, value };
          return known;
        },
        () => undefined,
      );
      origin = { asked, value };
      return value;
    },
  };
}

/** @param ending of its key: ENDING */
export const recordingOf = (org: string, id: string, ending: string): Recording => ({
  key: `${org}/audio/${id}.${ending}`,
  ending,
  type: TYPES[ending] ?? 'application/octet-stream',
});

async function originOf(store: Store): Promise<string | undefined> {
  const url = await store.share?.('x', { seconds: 1, type: '', disposition: '' });
  return url && new URL(url).origin;
}
