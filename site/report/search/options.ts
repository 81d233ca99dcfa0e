import { element } from '../browser/element.ts';
import type { FoundName, Marks } from './names.ts';
import { KINDS } from './targets.ts';

/** What can be chosen, by kind and in the order of the list; elements go with `found`. */
export interface Options {
  found: FoundName[];
  elements: HTMLElement[];
}

/** Draw what was found into a list box, a group a kind. */
export function drawOptions(list: HTMLElement, found: readonly FoundName[]): Options {
  const drawn: Options = { found: [], elements: [] };
  const groups = Object.entries(KINDS).flatMap(([kind, heading]) => {
    const own = found.filter(({ target }) => target.kind === kind);
    if (own.length === 0) return [];
    const id = `search-${kind}`;
    const options = own.map((each) => optionOf(each, `search-${drawn.found.push(each)}`));
    drawn.elements.push(...options);
    return element(
      'div',
      { role: 'group', 'aria-labelledby': id },
      element('div', { id, role: 'presentation', class: 'search-kind' }, heading),
      ...options,
    );
  });
  list.replaceChildren(...groups);
  list.hidden = groups.length === 0;
  return drawn;
}

function optionOf({ target: { name, detail }, marks }: FoundName, id: string): HTMLElement {
  const words: (Node | string)[] = [element('span', { class: 'search-name' }, ...marked(name, marks.name))];
  if (detail) words.push(' ', element('span', { class: 'search-detail' }, ...marked(detail, marks.detail)));
  return element('div', { id, role: 'option', 'aria-selected': 'false' }, ...words);
}

function marked(text: string, marks: Marks): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let at = 0;
  for (const [from, to] of marks) {
    parts.push(text.slice(at, from), element('b', {}, text.slice(from, to)));
    at = to;
  }
  return [...parts, text.slice(at)];
}
