import { ReaderError } from '../../browser/reader-error.ts';
import { ask, browserSession } from '../../data/ask.ts';

/** Where a recording is to be had, for a few minutes. */
interface Address {
  url: string;
}

/**
 * Asks the gate, which renews the session where it has ended: a player could not.
 * @param path of the recording: "/calls/c-1/audio"
 * @throws where it is not to be had; what it says can be shown
 */
export async function addressOf(path: string): Promise<string> {
  const response = await ask(`${path}.json`, browserSession).catch(() => {
    throw new ReaderError('The recording could not be loaded: there is no connection. Try again when you are online.');
  });
  if (response.status === 401 || response.status === 403) {
    browserSession.reload();
    throw new ReaderError('Your session has ended; reloading.');
  }
  if (!response.ok)
    throw new ReaderError(
      'The recording of this call is no longer available. Reload the page: the reports may just have been updated.',
    );
  const told = (await response.json()) as Address | { gone: string } | { failed: string };
  if ('url' in told) return told.url;
  throw new ReaderError('gone' in told ? told.gone : told.failed);
}
