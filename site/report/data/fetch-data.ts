import { ReaderError } from '../browser/reader-error.ts';
import { ask, browserSession, type Session } from './ask.ts';

/**
 * A data file of this site, of the build that the page belongs to. Where the session or the build is gone, or the session
 * is another organization's, the page is loaded again: that leads to the sign-in and back, or to the site as it is now.
 * @param path e.g., "/data/days/2026-03.json"
 * @throws where the file is not there or the network fails; what it says can be shown
 */
export async function fetchData<T>(path: string, session: Session = browserSession): Promise<T> {
  const response = await ask(path, session).catch(() => {
    throw new ReaderError('The figures could not be loaded: there is no connection. Try again when you are online.');
  });
  const gone = session.mark === undefined ? undefined : GONE[response.status];
  if (gone !== undefined) {
    session.reload();
    throw new ReaderError(`${gone}; reloading.`);
  }
  if (!response.ok)
    throw new ReaderError(
      `The figures could not be loaded: ${path} returned status ${response.status}. Reload the page: the reports may just have been updated.`,
    );
  return (await response.json()) as T;
}

/** Answers of the gate after which the page is no longer what it was. */
const GONE: { [status: number]: string | undefined } = {
  401: 'Your session has ended',
  403: 'Another organization has been selected',
  410: 'The reports were updated',
};
