// The pop-over of `hints.ts`.
const HINTED = '.cell[title], .cell > [title]';

interface Shown {
  of: Element;
  words: string;
}

const box = document.createElement('div');
box.id = 'hint';
box.className = 'hint';
box.role = 'tooltip';
box.hidden = true;
document.body.append(box);
let shown: Shown | undefined;

/** The place of an element's words: an attribute in HTML, an element in SVG. While the pop-over says them, the browser must not. */
function write(of: Element, words: string): void {
  if (of instanceof SVGElement) {
    const title = of.querySelector(':scope > title');
    if (title) title.textContent = words;
  } else if (words) of.setAttribute('title', words);
  else of.removeAttribute('title');
}

function hide(): void {
  if (!shown) return;
  write(shown.of, shown.words);
  shown.of.removeAttribute('aria-describedby');
  shown = undefined;
  box.hidden = true;
}

function show(of: Element): void {
  if (of === shown?.of) return;
  hide();
  const words = (of.getAttribute('title') ?? of.querySelector(':scope > title')?.textContent ?? '').trim();
  if (!words) return;
  shown = { of, words };
  write(of, '');
  box.textContent = words;
  box.hidden = false;
  of.setAttribute('aria-describedby', box.id);
  place(of.getBoundingClientRect());
}

/** Above what it is of, else below, and always in the window. */
function place(at: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = box;
  const left = at.left + at.width / 2 - width / 2;
  box.style.left = `${Math.max(8, Math.min(left, document.documentElement.clientWidth - width - 8))}px`;
  box.style.top = `${at.top >= height ? at.top - height : at.bottom}px`;
}

const hintedAt = (target: EventTarget | null): Element | null => {
  if (!(target instanceof Element)) return null;
  return target instanceof SVGElement ? titledBy(target) : target.closest(HINTED);
};

/** The mark of a chart that an element is of, if that has a title. */
function titledBy(mark: Element): Element | null {
  for (let at: Element | null = mark; at instanceof SVGElement; at = at.parentElement)
    if (at.querySelector(':scope > title')) return at;
  return null;
}

document.addEventListener('pointerover', ({ target, pointerType }) => {
  if (pointerType === 'touch' || target === box) return;
  const of = hintedAt(target);
  if (of) show(of);
  else if (shown?.of !== target && !shown?.of.contains(target as Node)) hide();
});
document.addEventListener('focusin', ({ target }) => {
  const of = hintedAt(target);
  if (of) show(of);
  else hide();
});
document.addEventListener('focusout', hide);
document.addEventListener('keydown', ({ key }) => key === 'Escape' && hide());
// Focus scrolls what it goes to into the window: the words go with it.
document.addEventListener('scroll', () => shown && place(shown.of.getBoundingClientRect()), {
  passive: true,
  capture: true,
});
// Figures of another period take the place of these.
document.addEventListener('click', hide);

/** Say the words of what somebody came to before this was there, if they are there still. */
export function showHint(target: Element): void {
  const of = target.matches(':hover, :focus') && hintedAt(target);
  if (of) show(of);
}
