// Runs before anything of the page is shown. A browser that is too old for the explorer keeps the list as it was published.
(({ classList }) => {
  if (classList.contains('older')) return;
  // Where the address asks for some calls, the list of the newest ones is no answer. "o" is the mark of a digest's links and asks
  // for nothing.
  if ([...new URLSearchParams(location.search).keys()].some((key) => key !== 'o')) classList.add('filtered');
  else {
    // Its first rows are enough until the explorer is there: to lay out thousands holds a slow machine for a minute.
    classList.add('brief');
    addEventListener('load', () => classList.contains('opening') || classList.remove('brief'));
  }
})(document.documentElement);
