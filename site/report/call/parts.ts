import type { IconName } from '#shared/format/attention-reason.ts';
import { html } from '../components/ui/html.ts';

// The same markup as that of the React components of these names, which React would have to start for ten times a page.

/** The head of a section. @param note what is counted, or where it comes from */
export const sectionHead = (id: string, title: string, note?: string): string =>
  html`<div class="section-head"><h2 id="${id}">${title}</h2>${note && html`<span class="note">${note}</span>`}</div>`
    .text;

/** A status shape, defined once a page by `Icons.astro`. */
export const icon = (name: IconName): string =>
  html`<svg class="shape shape-${name}" width="14" height="14" aria-hidden="true"><use href="#s-${name}"></use></svg>`
    .text;
