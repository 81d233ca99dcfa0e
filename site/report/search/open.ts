import { element } from '../browser/element.ts';
import { withPeriod } from '../browser/period-links.ts';
import { inWords } from '../browser/reader-error.ts';
import { type Found, openFinder } from './find-targets.ts';
import { drawOptions, type Options } from './options.ts';
import type { Target } from './targets.ts';
import type { Typed } from './typed.ts';

let opened: ReturnType<typeof dialog> | undefined;

/** Open the search with what has been typed already; where it is open, nothing happens. */
export function openSearch(typed: Typed): void {
  opened ??= dialog();
  opened.show(typed);
}

function dialog() {
  const input = element('input', {
    type: 'text',
    role: 'combobox',
    'aria-label': 'Go to a page, agent, team, rule or call',
    'aria-autocomplete': 'list',
    'aria-controls': 'search-list',
    'aria-expanded': 'false',
    placeholder: 'Page, agent, team, rule, number or call',
    autocomplete: 'off',
    autocapitalize: 'off',
    enterkeyhint: 'go',
    spellcheck: 'false',
  });
  const list = element('div', { id: 'search-list', role: 'listbox', 'aria-label': 'Results' });
  const status = element('p', { class: 'search-status note', role: 'status' });
  const close = element('button', { type: 'button', class: 'button' }, 'Close');
  const box = element('dialog', { class: 'search', 'aria-label': 'Search' });
  box.append(element('div', { class: 'search-field' }, input, close), list, status);
  document.body.append(box);

  const find = openFinder(pages());
  let drawn: Options = { found: [], elements: [] };
  let active = -1;
  let turn = 0;
  let isLooking = false;
  /** Enter that came before there was anything to go to: it goes to the first place that is found. */
  let awaited: KeyboardEvent | undefined;

  function choose(at: number): void {
    drawn.elements[active]?.setAttribute('aria-selected', 'false');
    active = at;
    const now = drawn.elements[at];
    now?.setAttribute('aria-selected', 'true');
    now?.scrollIntoView({ block: 'nearest' });
    if (now) input.setAttribute('aria-activedescendant', now.id);
    else input.removeAttribute('aria-activedescendant');
  }
  function draw({ options, words }: Found): void {
    const kept = drawn.found[active]?.target.href;
    drawn = drawOptions(list, options);
    input.setAttribute('aria-expanded', String(drawn.elements.length > 0));
    status.textContent = words;
    // What somebody has moved to stays chosen while calls come in below it.
    const again = active > 0 ? drawn.found.findIndex(({ target }) => target.href === kept) : 0;
    choose(drawn.elements.length === 0 ? -1 : Math.max(0, again));
    if (awaited) go(active, awaited);
  }
  async function look(): Promise<void> {
    const own = ++turn;
    active = -1;
    awaited = undefined;
    isLooking = true;
    try {
      for await (const found of find(input.value)) {
        if (own !== turn) return;
        draw(found);
      }
    } catch (error) {
      if (own !== turn) return;
      awaited = undefined;
      draw({ options: [], words: inWords(error, 'The search failed') });
    }
    if (own === turn) isLooking = false;
  }
  function go(at: number, event: MouseEvent | KeyboardEvent): void {
    const { href, chosen } = drawn.found[at]?.target ?? {};
    awaited = undefined;
    if (href === undefined) {
      if (isLooking && event instanceof KeyboardEvent) awaited = event;
      return;
    }
    chosen?.();
    const { ctrlKey, metaKey, shiftKey } = event;
    if (!ctrlKey && !metaKey && !shiftKey) box.close();
    // As a link does: with Ctrl or Shift the page opens beside this one.
    element('a', { href: withPeriod(href) }).dispatchEvent(new MouseEvent('click', { ctrlKey, metaKey, shiftKey }));
  }

  const steps: { [key: string]: number } = { ArrowDown: 1, ArrowUp: -1 };
  input.addEventListener('input', () => void look());
  input.addEventListener('keydown', (event) => {
    const step = steps[event.key];
    const { length } = drawn.elements;
    if (event.isComposing) return;
    if (step !== undefined && length > 0) {
      awaited = undefined;
      choose((active + step + length) % length);
    } else if (event.key === 'Enter') go(active, event);
    else return;
    event.preventDefault();
  });
  list.addEventListener('click', (event) => {
    const option = event.target instanceof Element && event.target.closest<HTMLElement>('[role=option]');
    if (option) go(drawn.elements.indexOf(option), event);
  });
  // The letters stay where they are typed.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  // Where nothing had the focus before, it would stay in the closed dialog for a moment, and keys with it.
  box.addEventListener('cancel', () => input.blur());
  box.addEventListener('close', () => {
    turn++;
    awaited = undefined;
  });
  close.addEventListener('click', () => box.close());
  box.addEventListener('click', (event) => event.target === box && box.close());
  return {
    show({ text, enter }: Typed) {
      if (box.open) return;
      box.showModal();
      input.value = text;
      input.focus();
      void look();
      if (enter) go(active, enter);
    },
  };
}

/** The pages as the head of each page names them. */
function pages(): Target[] {
  return Array.from(document.querySelectorAll<HTMLAnchorElement>('.tabs a'), (link) => ({
    kind: 'pages',
    name: link.textContent.trim(),
    href: link.pathname,
  }));
}
