// Runs before anything of the page is shown, in browsers of any age, so it is written as for the oldest.

// Light or dark, as a reader of this site has chosen in this browser: this one word is kept under the mark of the site, since nobody
// knows yet who reads the page. `session/choices.ts` keeps it, and mends it where it is another reader's.
(({ dataset }) => {
  try {
    if (!dataset.site) return;
    Object.keys(localStorage).forEach((key) => {
      if (key.indexOf(`cci ${dataset.site} `) === 0) dataset.scheme = JSON.parse(localStorage.getItem(key))[0][1];
    });
  } catch (_) {
    // A browser that keeps nothing.
  }
})(document.documentElement);

// Is this browser older than those that the pages are made for (see the README)? Then nothing is added to the page as it was
// published, and it says so.
(() => {
  function has(test) {
    try {
      return Boolean(test());
    } catch (_) {
      return false;
    }
  }
  // biome-ignore lint/complexity/useRegexLiterals: a browser that does not know it would not run one line of a script that has it as a literal
  var knowsBehind = () => new RegExp('(?<=a)b').test('ab');
  var isCurrent =
    has(() => knowsBehind() && Array.prototype.toSorted && Object.hasOwn && window.structuredClone) &&
    has(() => matchMedia('(width >= 1px)').matches && CSS.supports('color', 'color-mix(in srgb, red, blue)'));
  if (isCurrent) {
    // Whoever judges a call of a sample must not see first what the report says of it.
    if (/[?&]sample=/.test(location.search)) document.documentElement.className += ' blind';
    // The address asks for a period or a team: the figures as published are no answer yet.
    if (/[?&](from|to|team)=/.test(location.search)) document.documentElement.className += ' ranged';
    return;
  }
  document.documentElement.className += ' older';
  document.addEventListener('DOMContentLoaded', () => {
    var main = document.getElementById('main');
    if (!main) return;
    var words = document.createElement('p');
    words.className = 'message older-note';
    words.textContent =
      'These reports need a newer browser (Chrome or Edge 111, Firefox 115, Safari 16.4, or later). ' +
      'You see the page as it was published: periods, filters, search and selections in the address do not work.';
    main.insertBefore(words, main.firstChild);
  });
})();
