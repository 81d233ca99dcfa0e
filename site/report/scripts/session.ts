// Who is signed in, in the header of every page. Nothing of it is in the page itself, and without a gate nothing is asked.
import { ask, browserSession } from '#lib/session.ts';
import { type SignedIn, showSession } from './signed-in.ts';

const place = document.getElementById('session');
const page = document.documentElement;

/** Loaded again for this build, and when (ms): a page that comes back the same is not asked for for ever. */
const TRIED = 'cci-loaded-again';
const PATIENCE = 10_000;

/** What is shown may be shown to nobody else: it is hidden before it is loaded again. */
function loadAgain(): void {
  page.classList.add('unconfirmed');
  const [build, at] = sessionStorage.getItem(TRIED)?.split(' ') ?? [];
  if (build === browserSession.build && Date.now() - Number(at) < PATIENCE) {
    document.body.textContent =
      'This page is no longer yours to see, and could not be loaded again. Close it and open it anew.';
    page.classList.remove('unconfirmed');
    return;
  }
  sessionStorage.setItem(TRIED, `${browserSession.build} ${Date.now()}`);
  location.reload();
}

/**
 * Ask whether this page still belongs to whoever is signed in here: somebody may have signed out or chosen another organization
 * since, in this tab or in another one.
 * @param isCertain also a gate that does not answer is a no
 */
async function confirm(isCertain: boolean): Promise<void> {
  const response = await ask('/session', browserSession).catch(() => undefined);
  if (response?.ok) {
    page.classList.remove('unconfirmed');
    if (place) showSession(place, (await response.json()) as SignedIn);
  } else if (isCertain || [401, 403, 410].includes(response?.status ?? 0)) loadAgain();
}

if (place && browserSession.build !== undefined) {
  void confirm(false);
  // A page that the browser keeps for "Back" is kept out of sight, and comes into sight when the gate has said yes.
  addEventListener('pagehide', ({ persisted }) => void (persisted && page.classList.add('unconfirmed')));
  addEventListener('pageshow', ({ persisted }) => void (persisted && confirm(true)));
  document.addEventListener('visibilitychange', () => void (document.visibilityState === 'visible' && confirm(false)));
}
