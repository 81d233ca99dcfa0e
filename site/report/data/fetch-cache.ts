import { fetchData } from './fetch-data.ts';

/** Fetches a data file of the site; see `fetchData`. */
export type Fetch = <T>(path: string) => Promise<T>;

/** The same promise for the same path: no file is fetched twice. A path that failed may be tried again. */
export function fetchOnce<File>(fetch: (path: string) => Promise<File>): (path: string) => Promise<File> {
  const known = new Map<string, Promise<File>>();
  return (path) => {
    const file = known.get(path) ?? fetch(path);
    known.set(path, file);
    file.catch(() => known.delete(path));
    return file;
  };
}

export const cachedFetch = (fetch: Fetch = fetchData): Fetch => fetchOnce<unknown>(fetch) as Fetch;
