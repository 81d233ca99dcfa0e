import { pathOf, sitePath } from './target.ts';

const LONGEST = 2048;
/** How often what may be encoded again is read; what is still encoded then is not shown. */
const LAYERS = 16;
const HIDDEN = '/u/…';

/** The folder of these links, wherever it stands. */
const FOLDER = /(?:^|[/\\])u[/\\]+[^/\\]/i;

/**
 * A target's path for logs, without its query: the site path that it means, or the text as it came where no site can have such a
 * path. Whoever holds the token of an unsubscribe link may use it, so it is left out of every spelling of such a link's address.
 * @param refused by `refusal`: nobody has read the target, so what looks like such a link is taken for one
 */
export function loggedPath(target: string, refused: boolean): string {
  const asked = pathOf(target).slice(0, LONGEST);
  const meant = unfolded(asked);
  if (meant === undefined || holdsToken(meant)) return HIDDEN;
  if (refused) return FOLDER.test(meant) ? HIDDEN : asked;
  return meant.startsWith('/u/') ? HIDDEN : (sitePath(asked) ?? asked);
}

/** Decoded as often as it is encoded, also where it is not valid; undefined where that has no end in sight. */
function unfolded(text: string): string | undefined {
  if (!text.includes('%')) return text;
  let inner = text;
  for (let layer = 0; layer < LAYERS; layer++) {
    const next = inner.replaceAll(/%(?:25)*([0-9a-f]{2})/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
    if (next === inner) return inner;
    inner = next;
  }
  return undefined;
}

/** Tokens begin as lists do in JSON, in Base64, and have something behind a dot. */
const holdsToken = (text: string): boolean =>
  text.includes('Wy') &&
  text.split(/[^\w.-]/).some((word) => {
    const start = word.search(/Wy[IJ]/);
    const dot = word.indexOf('.', start + 11);
    return start >= 0 && dot >= 0 && dot < word.length - 1;
  });
