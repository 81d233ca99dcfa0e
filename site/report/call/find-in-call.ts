import { placesOf } from './transcript/find-places.ts';

/** Mount the find box of the page; returns what puts the focus into it. */
export function openFind(): () => void {
  const box = document.querySelector<HTMLElement>('.find');
  const [input, count] = [box?.querySelector('input'), box?.querySelector('output')];
  return box && input && count ? mount(box, input, count) : () => undefined;
}

function mount(box: HTMLElement, input: HTMLInputElement, count: HTMLOutputElement): () => void {
  const marks = 'highlights' in CSS ? { all: new Highlight(), one: new Highlight() } : undefined;
  if (marks) {
    marks.one.priority = 1;
    CSS.highlights.set('found', marks.all);
    CSS.highlights.set('found-now', marks.one);
  }
  let found: Range[] = [];
  let at = -1;

  function show(): void {
    const now = found[at];
    marks?.one.clear();
    if (now) marks?.one.add(now);
    count.textContent =
      input.value.trim() === '' ? '' : found.length === 0 ? 'not found' : `${at + 1} of ${found.length}`;
    now?.startContainer.parentElement?.scrollIntoView({ block: 'center' });
  }
  function look(): void {
    found = [...document.querySelectorAll<HTMLElement>('.said')].flatMap((said) => rangesIn(said, input.value));
    at = found.length > 0 ? 0 : -1;
    marks?.all.clear();
    for (const range of found) marks?.all.add(range);
    show();
  }
  function step(by: 1 | -1): void {
    if (found.length === 0) return;
    at = (at + by + found.length) % found.length;
    show();
  }

  box.hidden = false;
  input.addEventListener('input', look);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') {
      input.value = '';
      look();
      input.blur();
    } else return;
    event.preventDefault();
  });
  box.querySelector('[name=previous]')?.addEventListener('click', () => step(-1));
  box.querySelector('[name=next]')?.addEventListener('click', () => step(1));
  return () => {
    input.focus();
    input.select();
  };
}

/** Ranges of a text in one turn, whose text may be cut by marks. */
function rangesIn(said: HTMLElement, wanted: string): Range[] {
  const places = placesOf(wanted, said.textContent);
  if (places.length === 0) return [];
  const nodes: { node: Node; from: number }[] = [];
  const walker = document.createTreeWalker(said, NodeFilter.SHOW_TEXT);
  let length = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push({ node, from: length });
    length += node.nodeValue?.length ?? 0;
  }
  const at = (place: number, isEnd: boolean) =>
    nodes.findLast(({ from }) => (isEnd ? from < place : from <= place)) as { node: Node; from: number };
  return places.map(([from, to]) => {
    const range = new Range();
    const [start, end] = [at(from, false), at(to, true)];
    range.setStart(start.node, from - start.from);
    range.setEnd(end.node, to - end.from);
    return range;
  });
}
