/** Where the pages' script and its events lie: no page of a site has such a path. */
export const RELOAD_PATH = '/_preview/reload.js';
export const EVENTS_PATH = '/_preview/events';

/** Loads the page again after a build, and says why a build has failed. Within the pages' own policy: no markup, no inline style. */
export const RELOAD_SCRIPT = `const source = new EventSource('${EVENTS_PATH}');
source.addEventListener('published', () => location.reload());
source.addEventListener('failed', ({ data }) => {
  const box = document.getElementById('preview-failed') ?? document.createElement('pre');
  box.id = 'preview-failed';
  box.setAttribute('role', 'alert');
  box.textContent = data;
  const look = { position: 'fixed', inset: 'auto 0 0 0', zIndex: '9999', margin: '0', padding: '1rem' };
  Object.assign(box.style, look, { background: '#7a1220', color: '#fff', whiteSpace: 'pre-wrap' });
  document.body.append(box);
});
addEventListener('pagehide', () => source.close());
`;
