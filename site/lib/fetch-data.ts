/** What of a browser `fetchData` touches. */
export interface Session {
  fetch(path: string): Promise<Response>;
  /** Load a page of this origin in a hidden frame; resolves when it has ended, well or badly. */
  frame(path: string): Promise<void>;
  /** Load the page again; what it shows is in its address. */
  reload(): void;
}

/** How long a session may take to be renewed, in milliseconds. */
const RENEWAL = 15_000;

/** Renewals under way: files that are asked for together wait for one. */
const renewals = new WeakMap<Session, Promise<void>>();

/**
 * A data file of this site. Where the session has ended it is renewed once, out of sight; where that does not help, the page
 * is loaded again, which leads to the sign-in and back.
 * @param path e.g., "/data/days/2026-03.json"
 * @throws where the file is not there or the network fails; what it says can be shown
 */
export async function fetchData<T>(path: string, session: Session = browserSession): Promise<T> {
  let response = await answer(path, session);
  if (response.status === 401) {
    await renew(session);
    response = await answer(path, session);
  }
  if (response.status === 401) {
    session.reload();
    throw new Error('Your session has ended, so this page is loaded again.');
  }
  if (!response.ok)
    throw new Error(
      `The figures could not be loaded: ${path} was answered with ${response.status}. Load the page again; the reports may just have been renewed.`,
    );
  return (await response.json()) as T;
}

async function answer(path: string, session: Session): Promise<Response> {
  try {
    return await session.fetch(path);
  } catch {
    throw new Error('The figures could not be loaded: there is no connection. Try again when there is.');
  }
}

async function renew(session: Session): Promise<void> {
  if (!renewals.has(session))
    renewals.set(
      session,
      session.frame('/session').finally(() => renewals.delete(session)),
    );
  await renewals.get(session);
}

const browserSession: Session = {
  fetch: (path) => fetch(path, { headers: { accept: 'application/json' } }),
  frame: (path) =>
    new Promise((done) => {
      const frame = document.createElement('iframe');
      const end = () => {
        clearTimeout(timer);
        frame.remove();
        done();
      };
      const timer = setTimeout(end, RENEWAL);
      frame.hidden = true;
      frame.addEventListener('load', end);
      frame.src = path;
      document.body.append(frame);
    }),
  reload: () => location.reload(),
};
