// Every call can be filtered, sorted and taken away. What that takes is loaded when the page is there, or at once where the
// address asks for some calls: `asked.js` has then kept the list of the newest ones from being shown as the answer.
const isAsked = document.documentElement.classList.contains('asked');
const start = async () => {
  try {
    await (await import('./calls/open.tsx')).openExplorer();
  } catch (error) {
    const place = document.getElementById('explorer');
    if (place) {
      place.setAttribute('role', 'alert');
      place.textContent = error instanceof Error ? error.message : String(error);
    }
  }
};
if (isAsked || !('requestIdleCallback' in window)) void start();
else requestIdleCallback(() => void start());

export {};
