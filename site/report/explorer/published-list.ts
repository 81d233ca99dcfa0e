/** The rows of the list as it was published, while they are not in the page. */
const away = document.createDocumentFragment();

const listOf = (): Element | null => document.querySelector('#calls-static .explorer-body');

/** Out of the page: what walks over all that is there, such as a browser's own search, need not walk over thousands of hidden rows. */
export function takeAway(): void {
  const list = listOf();
  if (list) away.append(...list.childNodes);
}

/** Back into it, as they were. */
export const bringBack = (): void => listOf()?.append(away);
