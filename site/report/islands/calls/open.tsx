import { createRoot } from 'react-dom/client';
import { remembering } from '#lib/remembering.ts';
import Explorer from '../../components/calls/Explorer.tsx';
import { siteOf } from '../count.ts';

/** Put the explorer in the place of the list of the newest calls. @throws where the site's data cannot be fetched */
export async function openExplorer(): Promise<void> {
  const fetch = remembering();
  const site = await siteOf(fetch);
  const place = document.getElementById('explorer');
  const { classList } = document.documentElement;
  if (!place) return;
  if (site.trust.read === 0) return classList.remove('asked');
  createRoot(place).render(<Explorer site={site} fetch={fetch} />);
  classList.add('explored');
}
