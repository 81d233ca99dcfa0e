import type { AgentPage } from '#shared/view.ts';
import WorkOn from '../agent/WorkOn.tsx';
import { fetchPage } from '../data/fetch-page.ts';
import { drawn } from './drawn.ts';
import { withQuotes } from './quotes.ts';

export { default as AgentBody } from '../agent/AgentBody.tsx';

/**
 * Put the notes and quotes of an agent's rules to work on where they are awaited. They come when they can: the figures do not wait for them.
 * @param isShown whether the page still shows this view
 */
export async function showQuotes(view: AgentPage, isShown: () => boolean): Promise<void> {
  if (view.workOn.length === 0) return;
  const workOn = await withQuotes(view.workOn, fetchPage);
  if (isShown()) document.getElementById('work-on')?.replaceWith(...drawn(<WorkOn view={{ ...view, workOn }} />));
}
