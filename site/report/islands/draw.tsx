import type { ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import AgentsBody from '../components/AgentsBody.tsx';
import OverviewBody from '../components/OverviewBody.tsx';
import QaBody from '../components/QaBody.tsx';
import Trust from '../components/Trust.tsx';
import type { FiguresView } from './count.ts';
import { DRAWN } from './drawn.ts';

/** Put the figures of a view in place of those that the page shows. */
export function draw(view: FiguresView): void {
  replace('figures', bodyOf(view));
  replace('trust', <Trust trust={view.trust} site={view.site} />);
  document.dispatchEvent(new Event(DRAWN));
}

function bodyOf(view: FiguresView): ReactElement {
  if (view.kind === 'overview') return <OverviewBody view={view} />;
  return view.kind === 'agents' ? <AgentsBody view={view} /> : <QaBody view={view} />;
}

/** Drawn aside and put in whole: React never meets markup that it has not made, or that somebody has sorted since. */
function replace(id: string, body: ReactElement): void {
  const aside = document.createElement('div');
  const root = createRoot(aside);
  flushSync(() => root.render(body));
  document.getElementById(id)?.replaceChildren(...aside.childNodes);
}
