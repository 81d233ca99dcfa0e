import { createRoot } from 'react-dom/client';
import { cachedFetch } from '../data/fetch-cache.ts';
import { siteOf } from '../data/site-of.ts';
import Explorer from './Explorer.tsx';
import { takeAway } from './published-list.ts';

/**
 * Put the explorer in the place of the list of the newest calls.
 * @param onFailure told of an error while it is drawn, now or later; nothing of the explorer is there then
 * @throws where the site's data cannot be fetched
 */
export async function openExplorer(onFailure: (error: unknown) => void): Promise<void> {
  const fetch = cachedFetch();
  const site = await siteOf(fetch);
  const place = document.getElementById('explorer');
  const { classList } = document.documentElement;
  if (!place) return;
  if (site.trust.read === 0) return classList.remove('filtered');
  const root = createRoot(place, {
    // React is still at work when it says so.
    onUncaughtError: (error) =>
      queueMicrotask(() => {
        root.unmount();
        onFailure(error);
      }),
  });
  // The list as published stays until there is something to put in its place: nothing on the page moves.
  const ready = () => {
    classList.add('explored');
    takeAway();
  };
  root.render(<Explorer site={site} fetch={fetch} onReady={ready} />);
}
