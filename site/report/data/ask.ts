import { pageBuild, pageMark } from './page-build.ts';

/** What of a browser and its gate is touched. @template Answer what a file comes as */
export interface Session<Answer extends { status: number } = Response> {
  /** Whose site the page is of; undefined where there is no gate. */
  mark?: string;
  /** The build that the page belongs to; undefined where there is no gate, or where it is not known. */
  build?: string;
  fetch(path: string): Promise<Answer>;
  /** Load a page of this origin in a hidden frame; resolves when it has ended, well or badly. */
  frame(path: string): Promise<void>;
  /** Load the page again; what it shows is in its address. */
  reload(): void;
}

/** How long a session may take to be renewed, in milliseconds. */
const RENEWAL = 15_000;

/** Renewals under way: files that are asked for together wait for one. */
const renewals = new WeakMap<object, Promise<void>>();

/**
 * An answer for this page's organization and build. Where the session has ended it is renewed once, out of sight.
 * @param path without a query
 * @throws where the network fails
 */
export async function ask<Answer extends { status: number }>(path: string, session: Session<Answer>): Promise<Answer> {
  const query = [session.build && `b=${session.build}`, session.mark && `o=${session.mark}`].filter(Boolean).join('&');
  const address = query === '' ? path : `${path}?${query}`;
  const response = await session.fetch(address);
  if (response.status !== 401 || session.mark === undefined) return response;
  await renew(session);
  return session.fetch(address);
}

async function renew(session: Pick<Session, 'frame'>): Promise<void> {
  if (!renewals.has(session))
    renewals.set(
      session,
      session.frame('/session').finally(() => renewals.delete(session)),
    );
  await renewals.get(session);
}

export const browserSession: Session = {
  get mark() {
    return pageMark();
  },
  get build() {
    return pageBuild();
  },
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
