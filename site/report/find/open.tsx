import { createRoot } from 'react-dom/client';
import { cachedFetch } from '../data/fetch-cache.ts';
import { siteOf } from '../data/site-of.ts';
import Find from './Find.tsx';
import { searchFiles } from './fetch-index.ts';

/**
 * Put the search into the page.
 * @param onFailure told of an error while it is drawn, now or later; nothing of it is there then
 * @throws where the site's data cannot be fetched
 */
export async function openFind(place: HTMLElement, onFailure: (error: unknown) => void): Promise<void> {
  const site = await siteOf(cachedFetch());
  // The page itself says that there is nothing to search.
  if (site.trust.read === 0) return;
  const root = createRoot(place, {
    // React is still at work when it says so.
    onUncaughtError: (error) =>
      queueMicrotask(() => {
        root.unmount();
        onFailure(error);
      }),
  });
  root.render(<Find site={site} files={searchFiles()} />);
}
