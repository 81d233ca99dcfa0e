// The list of calls can be filtered. Where the address asks for some calls only, the whole list must not be taken for them: it is
// put away until they are known.
const place = document.getElementById('explorer');

if (place) {
  const start = async () => {
    try {
      await (await import('./calls/explore.tsx')).explore(place);
    } catch (error) {
      const told = document.createElement('p');
      told.className = 'message';
      told.setAttribute('role', 'alert');
      told.textContent = error instanceof Error ? error.message : String(error);
      place.replaceChildren(told);
    } finally {
      place.removeAttribute('aria-busy');
    }
  };
  if (location.search.replace(/^\?o=[0-9a-f]{8}$/, '') !== '') {
    place.setAttribute('aria-busy', 'true');
    place.replaceChildren('Looking for the calls …');
    void start();
  } else {
    const button = document.getElementById('filter-calls');
    if (button) {
      button.hidden = false;
      button.addEventListener('click', () => void start(), { once: true });
    }
  }
}
