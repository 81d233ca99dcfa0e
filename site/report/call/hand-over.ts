// A call, a turn or a quote is handed to somebody else: as a link, as a message that is begun, or as text that names where it is from.

import { canCopy, copyButton, linkTo } from '../browser/copy.ts';
import { element } from '../browser/element.ts';
import { stepsPlace } from './steps-place.ts';

/** The address of the call, without the list that it was opened from. */
const callLink = (hash = ''): string => linkTo(`${location.pathname}${hash}`);

/** As the page names it. */
const callId = (): string => document.querySelector('.crumbs li:last-child')?.textContent?.trim() ?? '';

/** A message to somebody: of the call it has the id and the link, and nothing that was said or counted. */
function letter(): HTMLAnchorElement {
  const id = callId();
  const query = `subject=${encodeURIComponent(`Call ${id}`)}&body=${encodeURIComponent(`${callLink()}\n`)}`;
  return element('a', { href: `mailto:?${query}` }, 'Write to somebody');
}

/** What was said in a turn, by whom, when, and in which call. */
function quoteOf(turn: Element): string {
  const textOf = (selector: string): string => turn.querySelector(selector)?.textContent?.trim() ?? '';
  const [words, who, at] = [textOf('.said'), textOf('.who'), textOf('.at')];
  return `“${words}”\n${who}, ${at.includes(':') ? at : `turn ${at}`}, call ${callId()}\n${callLink(`#${turn.id}`)}`;
}

const toolsOf = (turn: Element): Element =>
  element(
    'span',
    { class: 'turn-tools' },
    copyButton('Copy link', () => callLink(`#${turn.id}`)),
    copyButton('Copy quote', () => quoteOf(turn)),
  );

/** Buttons in the turn that somebody points at, or has come to by keyboard. */
function turnTools(): void {
  let shown: Element | undefined;
  const show = ({ target }: Event): void => {
    const turn = target instanceof Element ? target.closest('.turn') : null;
    if (!turn || turn === shown?.parentElement) return;
    shown?.remove();
    shown = toolsOf(turn);
    turn.append(shown);
  };
  const transcript = document.querySelector('.transcript');
  // A page that scrolls below a pointer at rest takes nothing away from who uses the keyboard: "over" would.
  for (const event of ['pointermove', 'pointerdown', 'focusin']) transcript?.addEventListener(event, show);
}

/** Put into the page of a call what hands it over. */
export function handOver(): void {
  const own = canCopy() ? [copyButton('Copy link', () => callLink(location.hash))] : [];
  stepsPlace().append(element('span', { class: 'hand-over' }, ...own, letter()));
  if (canCopy()) turnTools();
}
