import { answered } from './answered.ts';
import { browserSession, type Session } from './ask.ts';

/**
 * A data file of this site, of the build that the page belongs to; see `answered` for what else it does.
 * @param path e.g., "/data/days/2026-03.json"
 * @throws where the file is not there or the network fails; what it says can be shown
 */
export async function fetchData<T>(path: string, session: Session = browserSession): Promise<T> {
  return (await (await answered(path, session, 'The figures')).json()) as T;
}
