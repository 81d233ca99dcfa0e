import { type Printable, say } from '../../lib/printable.ts';
import type { Organizations } from './change-feed.ts';
import { keysIn } from './event-keys.ts';
import { NamedCalls } from './named-calls.ts';
import type { Message } from './queue-client.ts';

interface Held {
  handle: string;
  /** Organizations of this run that have still to use it. */
  waiting: Set<string>;
  /** It also names organizations that this run does not build. */
  isShared: boolean;
  /** It is not understood, so it may be of any organization. */
  isOdd: boolean;
}

/** The messages that one run has received: which calls they name, and of whom they are. No text of theirs is kept. */
export class Received {
  /** By organization of this run. */
  readonly calls = new Map<string, NamedCalls>();
  /** Why messages are not understood. */
  readonly problems: Printable[] = [];
  readonly #ours: ReadonlySet<string>;
  readonly #all: ReadonlySet<string>;
  readonly #held = new Map<string, Held>();

  constructor({ ours, all }: Organizations) {
    this.#ours = new Set(ours);
    this.#all = new Set(all);
  }

  /** One that comes again is removed by its last handle. */
  add({ id, handle, body }: Message): void {
    const known = this.#held.get(id);
    if (known) {
      known.handle = handle;
      return;
    }
    const found = keysIn(body);
    const isOdd = 'problem' in found;
    if (isOdd) this.problems.push(say`${id}: ${found.problem}`);
    const named = new Set(isOdd ? this.#ours : found.keys.flatMap((key) => this.#name(key)));
    const waiting = new Set([...named].filter((org) => this.#ours.has(org)));
    this.#held.set(id, { handle, waiting, isShared: waiting.size < named.size, isOdd });
  }

  /** @returns organizations that the key may be of: the store of the results may begin anywhere in its bucket */
  #name(key: string): string[] {
    const orgs = key
      .split('/')
      .slice(0, -1)
      .filter((each) => this.#all.has(each));
    for (const org of orgs) {
      if (!this.#ours.has(org)) continue;
      const calls = this.calls.get(org) ?? new NamedCalls(org);
      this.calls.set(org, calls);
      calls.add(key);
    }
    return orgs;
  }

  /** @returns handles of those that also name organizations which this run does not build */
  takeShared(): string[] {
    return handlesOf(this.#take(({ isShared }) => isShared));
  }

  /** @returns handles of those that no organization needs, or needs any more: understood, and not */
  takeDone(): { known: string[]; odd: string[] } {
    const done = this.#take(({ waiting, isShared }) => waiting.size === 0 && !isShared);
    return {
      known: handlesOf(done.filter(({ isOdd }) => !isOdd)),
      odd: handlesOf(done.filter(({ isOdd }) => isOdd)),
    };
  }

  /** @returns handles of all that are left */
  takeRest(): string[] {
    return handlesOf(this.#take(() => true));
  }

  /** An organization needs its messages no more. */
  used(org: string): void {
    for (const { waiting } of this.#held.values()) waiting.delete(org);
  }

  /** What is taken is no longer held here. */
  #take(isMeant: (message: Held) => boolean): Held[] {
    const taken: Held[] = [];
    for (const [id, message] of this.#held) {
      if (!isMeant(message)) continue;
      taken.push(message);
      this.#held.delete(id);
    }
    return taken;
  }
}

const handlesOf = (messages: readonly Held[]): string[] => messages.map(({ handle }) => handle);
