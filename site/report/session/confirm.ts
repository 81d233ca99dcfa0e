// Who is signed in, in the header of every page, and whether this page is theirs to see. Nothing of it is in the page itself.
// A page of a site without a gate says so, and nothing is asked.
import { ask, browserSession } from '../data/ask.ts';
import { markOf, tellReader } from '../kept/reader.ts';
import { nextStep } from './next-step.ts';
import { choices, type SignedIn, showSession } from './signed-in.ts';

const place = document.getElementById('session');
const page = document.documentElement;

/** Loaded again for this build, and when (ms): a page that comes back the same is not asked for for ever. */
const TRIED = 'cci-loaded-again';
const PATIENCE = 10_000;

/**
 * What is shown may be shown to nobody else: it is hidden before it is loaded again.
 * @param text for a page that has just come back the same
 */
function loadAgain(text: string): void {
  page.classList.add('unconfirmed');
  tellReader(undefined);
  const build = browserSession.build ?? '';
  const [tried, at] = sessionStorage.getItem(TRIED)?.split(' ') ?? [];
  if (tried === build && Date.now() - Number(at) < PATIENCE) {
    document.body.replaceChildren();
    say(text);
    return;
  }
  sessionStorage.setItem(TRIED, `${build} ${Date.now()}`);
  location.reload();
}

/** A sentence over the hidden page, which stays as it is below; only one at a time. */
function say(text: string, ...more: Node[]): void {
  const box = document.createElement('div');
  box.id = 'unconfirmed';
  box.setAttribute('role', 'alert');
  box.append(text, ...more);
  unsay();
  page.append(box);
}

const unsay = (): void => document.getElementById('unconfirmed')?.remove();

/** A button that asks the gate once more. */
function tryAgain(): Node {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Try again';
  button.onclick = () => void confirm();
  return button;
}

/** What is kept in this browser, by whomever. */
function keptKeys(): string[] {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

/** Whether the gate's style sheet has shown the page. A browser that had the page from a cache may not have got it. */
const isShown = (): boolean => getComputedStyle(document.body).visibility === 'visible';

function show(): void {
  unsay();
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
  const next = nextStep(response?.status, isShown(), navigator.onLine);
  if (next.step === 'load again') loadAgain(next.text);
  else if (next.step === 'ask again') say(next.text, tryAgain());
  else if (next.step === 'show') {
    show();
    const signedIn = (await response?.json()) as SignedIn;
    tellReader(await markOf(signedIn.organization.id, signedIn.user.id));
    if (place) showSession(place, signedIn);
    const keys = keptKeys();
    // Who has no choices, and finds none of others in effect, is not sent what applies them.
    if (keys.length > 0 || page.dataset.scheme || page.dataset.keys) (await choices()).applyChoices();
    // This page is a call's, or somebody has seen one.
    if (location.pathname.startsWith('/calls/') || keys.some((key) => key.includes(' seen ')))
      await import('../call/seen.ts');
  }
}

if (browserSession.mark !== undefined) {
  void confirm();
  // A page that the browser keeps for "Back" is kept out of sight; not every browser says beforehand that it keeps one.
  const hide = () => {
    page.classList.add('unconfirmed');
    tellReader(undefined);
  };
  addEventListener('pagehide', hide);
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    hide();
    void confirm();
  });
  addEventListener('online', () => !isShown() && void confirm());
  document.addEventListener('visibilitychange', () => void (document.visibilityState === 'visible' && confirm()));
}
