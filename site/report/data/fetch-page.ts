import { answered } from './answered.ts';
import { browserSession, type Session } from './ask.ts';

/** A page as it was read, and with what status. */
interface PageAnswer {
  status: number;
  page: Document | null;
}

/** Pages are read by this alone: a text may not be made into markup here, and this runs nothing of what it reads. */
const readPage = (path: string): Promise<PageAnswer> =>
  new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open('GET', path);
    request.responseType = 'document';
    // Whoever is signed out is told so, and not led to the sign-in.
    request.setRequestHeader('accept', 'application/json');
    request.addEventListener('load', () => done({ status: request.status, page: request.responseXML }));
    request.addEventListener('error', () => fail(new Error('no connection')));
    request.send();
  });

const session: Session<PageAnswer> = {
  get mark() {
    return browserSession.mark;
  },
  get build() {
    return browserSession.build;
  },
  fetch: readPage,
  frame: browserSession.frame,
  reload: browserSession.reload,
};

/**
 * A page of this site, of the build that the open page belongs to; see `answered` for what else it does.
 * @param path e.g., "/calls/c01/"
 * @throws where it cannot be had; what it says can be shown
 */
export async function fetchPage(path: string): Promise<Document> {
  const { page } = await answered(path, session, 'The page');
  if (!page) throw new Error(`no page: ${path}`);
  return page;
}
