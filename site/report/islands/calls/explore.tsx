import { createRoot } from 'react-dom/client';
import { remembering, siteOf } from '../count.ts';
import Explorer from './Explorer.tsx';

/** Put the explorer in the place of the list. @throws where the site's data cannot be fetched */
export async function explore(place: HTMLElement): Promise<void> {
  const site = await siteOf(remembering());
  createRoot(place).render(<Explorer site={site} />);
}
