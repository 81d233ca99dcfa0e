// Rows of the agents table can be ticked: those agents are compared side by side.
import { MOST_COMPARED } from '#shared/figures/compare/compared.ts';
import { andList } from '#shared/format/english.ts';
import { element } from '../browser/element.ts';
import { pageLocale } from '../browser/page-locale.ts';

/** Ids of the ticked agents, in the order in which they were ticked: they stay when the table is drawn again. */
const ticked = new Set<string>();

/**
 * Let agents of a table be ticked, and the ticked ones be compared; nothing where it has no two.
 * @param table each row of its last part is an agent, whose id its head says
 * @param tools what the button stands below
 */
export function makeChoosable(table: HTMLTableElement, tools: Element): void {
  const heads = [...([...table.tBodies].at(-1)?.rows ?? [])].flatMap((row) => {
    const [head] = row.cells;
    return head?.dataset.find !== undefined ? [{ head, id: head.dataset.find }] : [];
  });
  if (heads.length < 2) return;
  const shown = new Set(heads.map(({ id }) => id));
  for (const id of ticked) if (!shown.has(id)) ticked.delete(id);
  const button = element('button', { type: 'button', class: 'button' }, 'Compare');
  const words = element('span', { role: 'status' });
  // Paper has neither.
  tools.after(element('p', { class: 'only action' }, button, words));
  const boxes = heads.map(({ head, id }) => {
    const name = head.textContent?.trim() ?? id;
    const box = element('input', { type: 'checkbox', class: 'action', 'aria-label': `Compare ${name}` });
    box.checked = ticked.has(id);
    box.addEventListener('change', () => {
      if (box.checked) ticked.add(id);
      else ticked.delete(id);
      say();
    });
    head.prepend(box, ' ');
    return { box, id, name };
  });
  const say = () => {
    const names = [...ticked].flatMap((id) => boxes.find((box) => box.id === id)?.name ?? []);
    words.textContent =
      names.length === 0 ? `Tick two to ${MOST_COMPARED} agents to compare them.` : andList(names, pageLocale());
    button.disabled = names.length < 2;
    for (const { box, id } of boxes) box.disabled = names.length >= MOST_COMPARED && !ticked.has(id);
  };
  button.addEventListener('click', async () => {
    const { compareHref } = await import('../compare/address.ts');
    const query = new URLSearchParams(location.search);
    const [from, to] = [query.get('from'), query.get('to')];
    location.assign(compareHref({ agents: [...ticked], ...(from && to && { period: { from, to } }) }));
  });
  say();
}
