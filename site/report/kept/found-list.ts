// The calls that a search of transcripts has found, for the page that lists them and for the calls that are opened from there. They
// stay in the tab, until it is closed or somebody signs out; what was searched for is not kept.

const PREFIX = 'cci found ';
/** Lists of one tab: whoever goes back finds the ones before. */
const MOST = 5;

/** Leave a list. @returns its name for an address; undefined where the browser keeps nothing, or has no room */
export function keepFound(paths: readonly string[]): string | undefined {
  try {
    const kept = Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
    for (const key of kept.sort().slice(0, -MOST + 1)) sessionStorage.removeItem(key);
    // In the order of time, and another one in each tab: a list is never taken for somebody else's.
    const name = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
    sessionStorage.setItem(PREFIX + name, JSON.stringify(paths));
    return name;
  } catch {
    return undefined;
  }
}

/** Paths of the calls of a list; undefined where this tab does not have it. */
export function foundPaths(name: string): string[] | undefined {
  try {
    const list: unknown = JSON.parse(sessionStorage.getItem(PREFIX + name) ?? '');
    return Array.isArray(list) ? list.filter((path) => typeof path === 'string') : undefined;
  } catch {
    return undefined;
  }
}
