// What every part of the page written by hand uses.

const SPECIAL = /[&<>"']/;

/** Text and attribute values. */
export function escaped(text: string): string {
  const first = text.search(SPECIAL);
  if (first === -1) return text;
  let out = '';
  let from = 0;
  for (let at = first; at < text.length; at++) {
    const entity = ENTITIES[text.charCodeAt(at)];
    if (entity === undefined) continue;
    out += text.slice(from, at) + entity;
    from = at + 1;
  }
  return out + text.slice(from);
}

const ENTITIES: { [code: number]: string } = { 34: '&quot;', 38: '&amp;', 39: '&#39;', 60: '&lt;', 62: '&gt;' };

export const shape = (name: string): string =>
  `<svg class="shape shape-${name}" width="14" height="14" aria-hidden="true"> <use href="#s-${name}"></use> </svg>`;

export const sectionHead = (id: string, title: string, note?: string): string =>
  `<div class="section-head"> <h2 id="${id}">${title}</h2> ${note ? `<span class="note">${escaped(note)}</span>` : ''} </div>`;
