import { encodeText } from '../lib/bytes.ts';
import { checkKey, compareKeys, folderPart, PreconditionFailed, type Store } from './store.ts';

/**
 * A store that lives as long as the process: for tests.
 * @param clock milliseconds since the epoch; without one the store does not know when an object was written
 */
export function memoryStore(clock?: () => number): Store {
  const objects = new Map<string, { body: Uint8Array; etag: string; modified?: number }>();
  let writes = 0;
  return {
    url: 'memory:',
    async *list(prefix) {
      folderPart(prefix);
      for (const key of [...objects.keys()].sort(compareKeys)) {
        const object = objects.get(key);
        if (!object || !key.startsWith(prefix)) continue;
        const { body, etag, modified } = object;
        yield { key, etag, size: body.byteLength, ...(modified !== undefined && { modified }) };
      }
    },
    async folders(prefix) {
      folderPart(prefix);
      const below = [...objects.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
      const names = below.filter((rest) => rest.includes('/')).map((rest) => rest.slice(0, rest.indexOf('/')));
      return [...new Set(names)].sort(compareKeys);
    },
    async top() {
      const names = [...objects.keys()].map((key) => (key.includes('/') ? key.slice(0, key.indexOf('/') + 1) : key));
      return [...new Set(names)].sort(compareKeys);
    },
    async get(key, options = {}) {
      checkKey(key);
      const object = objects.get(key);
      if (object && options.ifMatch !== undefined && options.ifMatch !== object.etag) throw new PreconditionFailed(key);
      const { start, end } = options.range ?? {};
      return object && { body: object.body.slice(start, end), etag: object.etag, size: object.body.byteLength };
    },
    async put(key, body, options = {}) {
      checkKey(key);
      const present = objects.get(key);
      if (options.ifNoneMatch && present) throw new PreconditionFailed(key);
      if (options.ifMatch !== undefined && options.ifMatch !== present?.etag) throw new PreconditionFailed(key);
      const etag = `m${++writes}`;
      const bytes = typeof body === 'string' ? encodeText(body) : body.slice();
      objects.set(key, { body: bytes, etag, ...(clock && { modified: clock() }) });
      return etag;
    },
    async remove(key) {
      checkKey(key);
      objects.delete(key);
    },
  };
}
