import type { ComponentType, ReactElement } from 'react';
import { setSheetFoot } from '../browser/sheet-foot.ts';
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

type Body<View> = ComponentType<{ view: View }>;

/** Only the figures of the page's own kind are loaded: some have charts, and these are the most of it. */
const BODIES: { [Kind in FiguresView['kind']]: () => Promise<Body<Extract<FiguresView, { kind: Kind }>>> } = {
  overview: async () => (await import('../components/figures/OverviewBody.tsx')).default,
  topics: async () => (await import('../components/figures/TopicsBody.tsx')).default,
  agents: async () => (await import('../agents/AgentsBody.tsx')).default,
  qa: async () => (await import('../components/figures/QaBody.tsx')).default,
  agent: async () => (await import('./agent-part.tsx')).AgentBody,
};

/** Loads what draws the figures of a kind of page. */
export async function bodyFor(kind: FiguresView['kind']): Promise<(view: FiguresView) => ReactElement> {
  const Figures = (await BODIES[kind]()) as Body<FiguresView>;
  return (view) => <Figures view={view} />;
}
