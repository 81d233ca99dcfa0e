import { partOf, prefixes } from '../layout.ts';

/** With more of them, listing everything costs no more. */
const MOST_CALLS = 2000;

/** Calls of one organization, as keys name them one by one. */
export class NamedCalls {
  readonly #org: string;
  readonly #ids = new Set<string>();
  #isKnown = true;

  constructor(org: string) {
    this.#org = org;
  }

  /** Keys of others, and of what nobody reads, stand for nothing. @param key whole */
  add(key: string): void {
    const name = belowOrganization(key, this.#org);
    if (name === undefined || !prefixes(true).some((prefix) => name.startsWith(prefix))) return;
    const found = partOf(name);
    if (!found) this.#isKnown = false;
    else if (this.#ids.size <= MOST_CALLS) this.#ids.add(found.id);
  }

  /** Their ids; undefined where only a listing can tell: they are too many, or a key names what is no call's. */
  get ids(): ReadonlySet<string> | undefined {
    return this.#isKnown && this.#ids.size <= MOST_CALLS ? this.#ids : undefined;
  }
}

/** The store of the results may begin anywhere in its bucket. */
function belowOrganization(key: string, org: string): string | undefined {
  if (key.startsWith(`${org}/`)) return key.slice(org.length + 1);
  const at = key.indexOf(`/${org}/`);
  return at < 0 ? undefined : key.slice(at + org.length + 2);
}
