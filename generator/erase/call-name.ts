import { segmentOf } from '../lib/paths.ts';
import { hashedSegment } from '../masking/alias.ts';

/** How a person named a call: by its id, or by its page's path. */
export interface CallName {
  /** Its true id, if that was given. */
  id?: string;
  /** The segment of its page's path, if that was given. */
  segment?: string; // e.g., "~3fe1c0d2a4b6978812345678"
}

/** The call of a name. */
export interface NamedCall {
  /** True id; undefined: nobody knows it any more. */
  id?: string;
  /** Segments of the paths that its page has or had. */
  segments: string[];
}

/** From "/calls/~3fe1…/", an address that ends so, "~3fe1…" or "3fe1…", or an id. */
export function readCallName(given: string): CallName {
  const [path = ''] = given.split(/[?#]/, 1);
  const [last, folder] = path.split('/').filter(Boolean).reverse();
  if (last !== undefined && folder === 'calls') return { segment: plainOf(last) };
  const hash = /^~?([0-9a-f]{24})$/.exec(given);
  return hash ? { id: given, segment: `~${hash[1]}` } : { id: given };
}

function plainOf(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Every segment that the page of a call may have, masked or not. */
export function segmentsOf(org: string, id: string, maskingKey: string | undefined): string[] {
  const plain = segmentOf(id);
  return maskingKey === undefined ? [plain] : [plain, hashedSegment(maskingKey, org, id)];
}

/** An id, and segments that its page has or may have: of one id there may be several such. */
export interface IdAndSegments {
  id: string;
  segments: readonly string[];
}

/**
 * The call that is meant among those that are known.
 * @param known read twice
 */
export async function findCall(
  { id, segment }: CallName,
  known: () => AsyncIterable<IdAndSegments>,
): Promise<NamedCall> {
  let isKnown = false;
  let bySegment: string | undefined;
  for await (const each of known()) {
    if (each.id === id) isKnown = true;
    else if (segment !== undefined && each.segments.includes(segment)) bySegment ??= each.id;
  }
  const found = isKnown ? id : bySegment;
  if (found !== undefined) {
    const segments = new Set<string>();
    for await (const each of known()) if (each.id === found) for (const own of each.segments) segments.add(own);
    return { id: found, segments: [...segments] };
  }
  if (segment === undefined) return { id, segments: id === undefined ? [] : [segmentOf(id)] };
  // What is no hash is the id itself.
  return segment.startsWith('~') ? { segments: [segment] } : { id: segment, segments: [segment] };
}
