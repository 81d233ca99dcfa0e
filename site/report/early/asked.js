// Runs before anything of the page is shown: where the address asks for some calls, the list of the newest ones is no answer.
// "o" is the mark of a digest's links and asks for nothing.
if ([...new URLSearchParams(location.search).keys()].some((key) => key !== 'o'))
  document.documentElement.classList.add('asked');
