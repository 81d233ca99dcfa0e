/** Whether this browser is older than those that the pages are made for: `early/browser.js` has found out, and said so on the page. */
export const isOlder = (): boolean => document.documentElement.classList.contains('older');
