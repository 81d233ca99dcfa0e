import type { ReactElement } from 'react';
import AgentsBody from '../agents/AgentsBody.tsx';
import { setSheetFoot } from '../browser/sheet-foot.ts';
import OverviewBody from '../components/figures/OverviewBody.tsx';
import QaBody from '../components/figures/QaBody.tsx';
import TopicsBody from '../components/figures/TopicsBody.tsx';
import { sheetFoot } from '../components/page/sheet-foot.ts';
import Trust from '../components/ui/Trust.tsx';
import type { FiguresView } from './count.ts';
import { drawn } from './drawn.ts';
import { REDRAWN } from './redrawn-event.ts';

/** Put the figures of a view in place of those that the page shows. @throws where they cannot be drawn; the page stays as it was */
export function draw(view: FiguresView, body: ReactElement): void {
  const figures = drawn(body);
  const trust = drawn(<Trust trust={view.trust} site={view.site} />);
  document.getElementById('figures')?.replaceChildren(...figures);
  document.getElementById('trust')?.replaceChildren(...trust);
  setSheetFoot(sheetFoot(view));
  document.dispatchEvent(new Event(REDRAWN));
}

/** A page's figures. What an agent's page takes beyond the others is loaded for it alone. */
export async function bodyOf(view: FiguresView): Promise<ReactElement> {
  if (view.kind === 'overview') return <OverviewBody view={view} />;
  if (view.kind === 'topics') return <TopicsBody view={view} />;
  if (view.kind === 'agents') return <AgentsBody view={view} />;
  if (view.kind === 'qa') return <QaBody view={view} />;
  const { AgentBody } = await import('./agent-part.tsx');
  return <AgentBody view={view} />;
}
