// Runs before anything of the page is shown: where the address asks for some calls, the list of the newest ones is no answer.
// "o" is the mark of a digest's links and asks for nothing. A browser that is too old for the explorer keeps the list.
if (
  !document.documentElement.classList.contains('older') &&
  [...new URLSearchParams(location.search).keys()].some((key) => key !== 'o')
)
  document.documentElement.classList.add('filtered');
