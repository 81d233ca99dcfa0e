import { fetchData } from './fetch-data.ts';

/** Fetches a data file of the site; see `fetchData`. */
export type Fetch = <T>(path: string) => Promise<T>;

/** The same promise for the same path: no file is fetched twice. A path that failed may be tried again. */
export function cachedFetch(fetch: Fetch = fetchData): Fetch {
  const known = new Map<string, Promise<unknown>>();
  return <T>(path: string) => {
    const file = known.get(path) ?? fetch(path);
    known.set(path, file);
    file.catch(() => known.delete(path));
    return file as Promise<T>;
  };
}
