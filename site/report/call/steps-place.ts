/** Where the links to other calls stand, and what is done with this one; the page of a call without a day has no such place yet. */
export function stepsPlace(): HTMLElement {
  const known = document.querySelector<HTMLElement>('.steps');
  if (known) return known;
  const nav = document.createElement('nav');
  nav.className = 'steps';
  nav.setAttribute('aria-label', 'Other calls');
  document.querySelector('.call-line')?.after(nav);
  return nav;
}
