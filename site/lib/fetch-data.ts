import { ask, browserSession, type Session } from './session.ts';

/**
 * A data file of this site, of the build that the page belongs to. Where the session or the build is gone, the page is loaded
 * again: that leads to the sign-in and back, or to the site as it is now.
 * @param path e.g., "/data/days/2026-03.json"
 * @throws where the file is not there or the network fails; what it says can be shown
 */
export async function fetchData<T>(path: string, session: Session = browserSession): Promise<T> {
  const response = await ask(path, session).catch(() => {
    throw new Error('The figures could not be loaded: there is no connection. Try again when there is.');
  });
  if (response.status === 401 || response.status === 410) {
    session.reload();
    throw new Error(
      response.status === 401
        ? 'Your session has ended, so this page is loaded again.'
        : 'The reports have been renewed, so this page is loaded again.',
    );
  }
  if (!response.ok)
    throw new Error(
      `The figures could not be loaded: ${path} was answered with ${response.status}. Load the page again; the reports may just have been renewed.`,
    );
  return (await response.json()) as T;
}
