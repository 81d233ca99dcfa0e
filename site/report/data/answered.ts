import { ReaderError } from '../browser/reader-error.ts';
import { ask, type Session } from './ask.ts';

/** Answers of the gate after which the page is no longer what it was. */
const GONE: { [status: number]: string | undefined } = {
  401: 'Your session has ended',
  403: 'Another organization has been selected',
  410: 'The reports were updated',
};

/**
 * A file of this site, of the build that the page belongs to. Where the session or the build is gone, or the session is another
 * organization's, the page is loaded again: that leads to the sign-in and back, or to the site as it is now.
 * @param what is loaded, as a sentence about it begins: "The figures"
 * @throws where it is not there or the network fails; what it says can be shown
 */
export async function answered<Answer extends { status: number }>(
  path: string,
  session: Session<Answer>,
  what: string,
): Promise<Answer> {
  const response = await ask(path, session).catch(() => {
    throw new ReaderError(`${what} could not be loaded: there is no connection. Try again when you are online.`);
  });
  const { status } = response;
  const gone = session.mark === undefined ? undefined : GONE[status];
  if (gone !== undefined) {
    session.reload();
    throw new ReaderError(`${gone}; reloading.`);
  }
  if (status < 200 || status > 299)
    throw new ReaderError(
      `${what} could not be loaded: ${path} returned status ${status}. Reload the page: the reports may just have been updated.`,
    );
  return response;
}
