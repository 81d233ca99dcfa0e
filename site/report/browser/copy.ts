import { element } from './element.ts';

/** Whether this browser lets a page copy: it does on https and on the reader's own machine. */
export const canCopy = (): boolean => navigator.clipboard !== undefined;

/**
 * The address of a page of this site, as it is handed to somebody else. It ends in the mark of the site, as the links of a digest do: who
 * belongs to several organizations is told where it is of another one.
 * @param path with its query and its place on the page; by default of this page
 */
export function linkTo(path: string = location.href): string {
  const link = new URL(path, location.href);
  const { site } = document.documentElement.dataset;
  if (site) link.searchParams.set('o', site);
  return link.href;
}

/** How long it is said that something was copied, in milliseconds. */
const SAID = 2000;

/** A button that copies what it is asked for, and says so. @param words of the button: "Copy link" */
export function copyButton(words: string, text: () => string): HTMLButtonElement {
  const button = element('button', { type: 'button', class: 'link copy', 'aria-live': 'polite' }, words);
  button.addEventListener('click', async () => {
    button.textContent = await copied(text());
    setTimeout(() => {
      button.textContent = words;
    }, SAID);
  });
  return button;
}

/** Copy a text. @returns what came of it, in words */
export const copied = (text: string): Promise<string> =>
  navigator.clipboard.writeText(text).then(
    () => 'Copied',
    () => 'The browser did not copy it',
  );
