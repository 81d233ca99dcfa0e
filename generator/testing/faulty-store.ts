import { type ListedObject, PreconditionFailed, type Store } from '../store/store.ts';

/**
 * What goes wrong with one call of a store. `before`: it was not done; `after`: it was done, and nobody was told. A crash ends the
 * process: nothing after it reaches the store. `412 after` is a write that was tried again and met itself.
 */
export const FAULT_KINDS = [
  'crash before',
  'crash after',
  'time-out before',
  'time-out after',
  '503',
  '409',
  '412',
  '412 after',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** One call, as the log of a faulty store keeps it. */
export interface StoreCall {
  method: 'list' | 'folders' | 'top' | 'get' | 'put' | 'remove';
  /** Or the prefix. */
  key: string;
}

/** Which calls go wrong, by number from 1 on. */
export type FaultPlan = ReadonlyMap<number, FaultKind>;

/** The process has ended at a call of the store. */
class Crash extends Error {
  constructor() {
    super('the process was killed');
  }
}

export interface FaultyStore {
  store: Store;
  /** Every call so far, in order. */
  calls: StoreCall[];
  /** Whether the process has crashed. */
  readonly crashed: boolean;
}

/**
 * A store of which some calls go wrong.
 * @param kill ends the process at a crash; absent: from there on each call throws
 */
export function faultyStore(inner: Store, plan: FaultPlan = new Map(), kill?: () => never): FaultyStore {
  const calls: StoreCall[] = [];
  let crashed = false;

  /** Counts a call. @returns what happens to it after it was done */
  function before(call: StoreCall): () => void {
    if (crashed) throw new Crash();
    const kind = plan.get(calls.push(call));
    const fail = () => {
      if (kind?.startsWith('crash')) {
        crashed = true;
        kill?.();
      }
      throw errorOf(kind, call);
    };
    if (kind === undefined) return () => {};
    if (kind.endsWith('after')) return fail;
    return fail();
  }

  async function around<T>(method: StoreCall['method'], key: string, work: () => Promise<T>): Promise<T> {
    const after = before({ method, key });
    const value = await work();
    after();
    // Whoever died meanwhile hears nothing any more.
    if (crashed) throw new Crash();
    return value;
  }

  async function* list(prefix: string): AsyncGenerator<ListedObject> {
    const after = before({ method: 'list', key: prefix });
    for await (const object of inner.list(prefix)) {
      yield object;
      if (crashed) throw new Crash();
    }
    after();
  }

  const store: Store = {
    url: inner.url,
    list,
    folders: (prefix) => around('folders', prefix, () => inner.folders(prefix)),
    top: () => around('top', '', () => inner.top()),
    get: (key, options) => around('get', key, () => inner.get(key, options)),
    put: (key, body, options) => around('put', key, () => inner.put(key, body, options)),
    remove: (key) => around('remove', key, () => inner.remove(key)),
  };
  return {
    store,
    calls,
    get crashed() {
      return crashed;
    },
  };
}

/** As the drivers throw it, their own further tries being over. */
function errorOf(kind: FaultKind | undefined, { method, key }: StoreCall): Error {
  if (kind?.startsWith('crash')) return new Crash();
  if (kind?.startsWith('412')) return new PreconditionFailed(key);
  const status = { '503': 503, '409': 409 }[kind as string];
  const cause = status
    ? Object.assign(new Error(String(status)), { $metadata: { httpStatusCode: status } })
    : Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' });
  return new Error(`${kind}: ${method} ${key}`, { cause });
}
