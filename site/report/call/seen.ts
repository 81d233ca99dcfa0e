// Which calls this reader has opened in this browser: kept where a call is opened, and said in lists of calls.
import { keptNow } from '../kept/kept-now.ts';
import { onReader } from '../kept/on-reader.ts';

const LISTED = ':is(.attention .who, .calls tbody th) > a';
const MARK = 'seen';

/** What a call is kept under: its id, or what stands for it in its path; undefined of any other address. */
function callAt(pathname: string): string | undefined {
  const [, segment] = /^\/calls\/([^/]+)\/$/.exec(pathname) ?? [];
  return segment && decodeURIComponent(segment);
}

let seen: ReadonlySet<string> = new Set();

/** Say it beside each link of a list to a call that has been seen, once. */
function mark(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>(LISTED)) {
    const call = callAt(link.pathname);
    const isSeen = call !== undefined && seen.has(call);
    const known = link.nextElementSibling?.className === MARK ? link.nextElementSibling : undefined;
    if (isSeen === (known !== undefined)) continue;
    if (known) {
      known.remove();
      continue;
    }
    const word = document.createElement('span');
    word.className = MARK;
    word.textContent = ' seen';
    link.after(word);
  }
}

/** Read anew what is kept: another tab may have opened calls since. */
function look(): void {
  seen = new Set(keptNow()?.all('seen').keys());
  mark();
}

const own = callAt(location.pathname);
if (own === undefined) {
  onReader(look);
  // Rows come and go as a list is scrolled, and with another period.
  new MutationObserver(mark).observe(document.body, { childList: true, subtree: true });
  document.addEventListener('visibilitychange', look);
} else onReader(() => keptNow()?.put('seen', own, ''));
