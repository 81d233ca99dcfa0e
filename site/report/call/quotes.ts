/** Go to the next turn with a quote, or to the one before: round and round. */
export function nextQuote(step: 1 | -1): void {
  const turns = [...document.querySelectorAll<HTMLElement>('.turn:has(mark)')];
  if (turns.length === 0) return;
  const now = document.activeElement?.closest('.turn') ?? document.querySelector('.turn:target');
  const after = turns.findIndex((turn) => now && now.compareDocumentPosition(turn) & Node.DOCUMENT_POSITION_FOLLOWING);
  const at = now ? turns.indexOf(now as HTMLElement) : -1;
  const before = after === -1 ? turns.length : after;
  const to = at !== -1 ? at + step : !now ? (step === 1 ? 0 : -1) : step === 1 ? before : before - 1;
  goTo(turns.at(to % turns.length) as HTMLElement);
}

/** As a link to the turn does; the focus goes there too, so that it is read out. */
function goTo(turn: HTMLElement): void {
  location.replace(`#${turn.id}`);
  turn.tabIndex = -1;
  turn.focus({ preventScroll: true });
  turn.scrollIntoView({ block: 'center' });
}
