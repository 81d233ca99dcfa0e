import type { ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { AgentPage } from '#shared/view.ts';
import AgentBody from '../agent/AgentBody.tsx';
import WorkOn from '../agent/WorkOn.tsx';
import { setSheetFoot } from '../browser/sheet-foot.ts';
import AgentsBody from '../components/figures/AgentsBody.tsx';
import OverviewBody from '../components/figures/OverviewBody.tsx';
import QaBody from '../components/figures/QaBody.tsx';
import { sheetFoot } from '../components/page/sheet-foot.ts';
import Trust from '../components/ui/Trust.tsx';
import type { FiguresView } from './count.ts';
import { REDRAWN } from './redrawn-event.ts';

/** Put the figures of a view in place of those that the page shows. @throws where they cannot be drawn; the page stays as it was */
export function draw(view: FiguresView): void {
  const figures = drawn(bodyOf(view));
  const trust = drawn(<Trust trust={view.trust} site={view.site} />);
  document.getElementById('figures')?.replaceChildren(...figures);
  document.getElementById('trust')?.replaceChildren(...trust);
  setSheetFoot(sheetFoot(view));
  document.dispatchEvent(new Event(REDRAWN));
}

/** Put the notes and quotes of an agent's rules to work on where they are awaited. */
export function drawWorkOn(view: AgentPage): void {
  document.getElementById('work-on')?.replaceWith(...drawn(<WorkOn view={view} />));
}

function bodyOf(view: FiguresView): ReactElement {
  if (view.kind === 'overview') return <OverviewBody view={view} />;
  if (view.kind === 'agent') return <AgentBody view={view} />;
  return view.kind === 'agents' ? <AgentsBody view={view} /> : <QaBody view={view} />;
}

/** Drawn aside and put in whole: React never meets markup that it has not made, or that somebody has sorted since. */
function drawn(body: ReactElement): Iterable<Node> {
  const aside = document.createElement('div');
  const errors: unknown[] = [];
  // Without this React reports an error, leaves nothing and goes on.
  const root = createRoot(aside, { onUncaughtError: (error) => errors.push(error) });
  flushSync(() => root.render(body));
  if (errors.length > 0) throw errors[0];
  return aside.childNodes;
}
