import { PreconditionFailed, type Store } from '../store.ts';

/** Something to do to the one object of a history. Each body is written once, so that it tells which write is seen. */
export type Change =
  | { kind: 'put' | 'create'; body: string }
  | { kind: 'swap'; body: string; over: Version }
  | { kind: 'remove' };

export interface Version {
  body: string;
  etag: string;
}

/** What was done, and what came of it. */
export interface Done {
  change: Change | 'read';
  /** Of a read: the body, undefined where nothing was. */
  seen?: string;
  refused?: boolean;
  from: number;
  /** Infinite where it never came to its end: it may have happened or not. */
  to: number;
}

const never = ({ to }: Done): boolean => to === Number.POSITIVE_INFINITY;

/** Whether all of it could have happened in some order, each thing at one moment between its beginning and its end. */
export function isLinear(history: readonly Done[], state?: string): boolean {
  if (history.every(never)) return true;
  const firstEnd = Math.min(...history.map(({ to }) => to));
  return history.some((each) => {
    if (each.from > firstEnd) return false;
    const rest = history.filter((other) => other !== each);
    const next = after(each, state);
    return (next !== 'impossible' && isLinear(rest, next.state)) || (never(each) && isLinear(rest, state));
  });
}

function after(done: Done, state: string | undefined): { state: string | undefined } | 'impossible' {
  const { change, seen, refused } = done;
  if (change === 'read') return seen === state ? { state } : 'impossible';
  if (change.kind === 'remove') return { state: undefined };
  const isThere = change.kind === 'swap' ? state === change.over.body : state === undefined;
  const holds = change.kind === 'put' || isThere;
  if (!never(done) && holds === refused) return 'impossible';
  return { state: holds ? change.body : state };
}

/** @throws what is not a refusal */
export async function perform(store: Store, key: string, change: Change): Promise<{ refused: boolean; etag?: string }> {
  if (change.kind === 'remove') {
    await store.remove(key);
    return { refused: false };
  }
  const condition =
    change.kind === 'create'
      ? ({ ifNoneMatch: '*' } as const)
      : change.kind === 'swap'
        ? { ifMatch: change.over.etag }
        : {};
  try {
    return { refused: false, etag: await store.put(key, change.body, condition) };
  } catch (error) {
    if (!(error instanceof PreconditionFailed)) throw error;
    return { refused: true };
  }
}

/** A history of one object, with a clock that counts beginnings and ends. */
export function keepHistory(key: string) {
  const history: Done[] = [];
  let clock = 0;
  function begin(change: Done['change']): (outcome: Pick<Done, 'seen' | 'refused'>) => void {
    const done: Done = { change, from: clock++, to: Number.POSITIVE_INFINITY };
    history.push(done);
    return (outcome) => void Object.assign(done, outcome, { to: clock++ });
  }
  return {
    history,
    begin,
    async read(store: Store): Promise<Version | undefined> {
      const end = begin('read');
      const object = await store.get(key);
      const seen = object && new TextDecoder().decode(object.body);
      end({ seen });
      return object && { body: seen as string, etag: object.etag };
    },
    async change(store: Store, change: Change): Promise<{ refused: boolean; etag?: string }> {
      const end = begin(change);
      const outcome = await perform(store, key, change);
      end({ refused: outcome.refused });
      return outcome;
    },
  };
}
