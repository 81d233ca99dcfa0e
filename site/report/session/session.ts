// Who is signed in, in the header of every page, and whether this page is theirs to see. Nothing of it is in the page itself.
// A page of a site without a gate says so, and nothing is asked.
import { ask, browserSession } from '../data/session.ts';
import { type SignedIn, showSession } from './signed-in.ts';

const place = document.getElementById('session');
const page = document.documentElement;

/** Loaded again for this build, and when (ms): a page that comes back the same is not asked for for ever. */
const TRIED = 'cci-loaded-again';
const PATIENCE = 10_000;

/** What is shown may be shown to nobody else: it is hidden before it is loaded again. */
function loadAgain(): void {
  page.classList.add('unconfirmed');
  const build = browserSession.build ?? '';
  const [tried, at] = sessionStorage.getItem(TRIED)?.split(' ') ?? [];
  if (tried === build && Date.now() - Number(at) < PATIENCE) {
    document.body.textContent =
      'You no longer have access to this page, and it could not be reloaded. Close it and open it again.';
    show();
    return;
  }
  sessionStorage.setItem(TRIED, `${build} ${Date.now()}`);
  location.reload();
}

/** Whether the gate's style sheet has shown the page. A browser that had the page from a cache may not have got it. */
const isShown = (): boolean => getComputedStyle(document.body).visibility === 'visible';

function show(): void {
  page.classList.remove('unconfirmed');
  const wasShown = isShown();
  document.body.hidden = false;
  if (wasShown) return;
  // They could not be had either while there was no session.
  for (const sheet of document.querySelectorAll('link[rel=stylesheet]:not([href^="/assets/"])'))
    sheet.replaceWith(sheet.cloneNode());
}

/**
 * Ask whether this page still belongs to whoever is signed in here: somebody may have signed out or chosen another organization
 * since, in this tab or in another one. What is hidden comes into sight only after a yes.
 */
async function confirm(): Promise<void> {
  const response = await ask('/session', browserSession).catch(() => undefined);
  if (response?.ok) {
    show();
    if (place) showSession(place, (await response.json()) as SignedIn);
  } else if (!isShown() || [401, 403, 410].includes(response?.status ?? 0)) loadAgain();
}

if (browserSession.mark !== undefined) {
  void confirm();
  // A page that the browser keeps for "Back" is kept out of sight; not every browser says beforehand that it keeps one.
  addEventListener('pagehide', () => page.classList.add('unconfirmed'));
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    page.classList.add('unconfirmed');
    void confirm();
  });
  document.addEventListener('visibilitychange', () => void (document.visibilityState === 'visible' && confirm()));
}
