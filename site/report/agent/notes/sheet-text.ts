// The sheet for a one-to-one as plain text: read from the page as it stands, so of the period that it shows.
import { linkTo } from '../../browser/copy.ts';

/** So many calls are named. */
const MOST_CALLS = 3;
const CALL = /^\/calls\/[^/]+\/$/;

const squeezed = (node: Node | null | undefined): string => node?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
const all = <Found extends Element = Element>(selector: string, within: ParentNode = document): Found[] => [
  ...within.querySelectorAll<Found>(selector),
];

/** "Calls 251 · Average call 07:46" */
const figures = (): string =>
  all('#figures dl.figures .figure')
    .map((figure) => `${squeezed(figure.querySelector('dt'))} ${squeezed(figure.querySelector('.figure-value'))}`)
    .join(' · ');

/** The calls to work on: one of each rule, then the best and the worst, then those that need attention. */
function calls(): string[] {
  const places: { why: string; links: HTMLAnchorElement[] }[] = [
    ...all('.work-on').map((rule) => ({
      // Without the tag after it.
      why: squeezed(rule.querySelector('h3')?.firstChild),
      links: all<HTMLAnchorElement>('.example a, .note a', rule),
    })),
    ...all('.pair-call').map((pair) => ({
      why: `${squeezed(pair.querySelector('.note'))} call`,
      links: all<HTMLAnchorElement>('a', pair),
    })),
    ...all('.attention li').map((row) => ({
      why: squeezed(row.querySelector('.reasons li')),
      links: all<HTMLAnchorElement>('.who a', row),
    })),
  ];
  const named = new Set<string>();
  const lines: string[] = [];
  for (const { why, links } of places) {
    const link = links.find(({ pathname }) => CALL.test(pathname) && !named.has(pathname));
    if (!link || lines.length === MOST_CALLS) continue;
    named.add(link.pathname);
    lines.push(`${why}: ${squeezed(link)}, ${linkTo(link.pathname)}`);
  }
  return lines;
}

/** Whom the page is about, of which period, its key figures, calls to work on with their addresses, and the note. */
export function sheetText(note: string): string {
  const about = [squeezed(document.querySelector('h1')), squeezed(document.querySelector('.context b')), figures()];
  const listed = calls();
  return [
    about.filter(Boolean).join('\n'),
    listed.length > 0 && `Calls to work on\n${listed.join('\n')}`,
    note.trim() && `Coaching notes\n${note.trim()}`,
  ]
    .filter(Boolean)
    .join('\n\n')
    .concat('\n');
}
