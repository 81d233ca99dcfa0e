import type { AgentPage } from '#shared/view.ts';
import { compareHref } from './address.ts';

/** From an agent's page to the comparison with another agent, or with the period before. */
export default function CompareWith({ view: { agent, window, isComparable } }: { view: AgentPage }) {
  if (!isComparable || !window || agent.id === null) return null;
  const of = { agents: [agent.id], period: { from: window.from, to: window.to } };
  return (
    <p className="only action">
      Compare with <a href={compareHref(of)}>another agent</a>
      {window.before && (
        <>
          {' or '}
          <a href={compareHref({ ...of, against: window.before })}>the period before</a>
        </>
      )}
    </p>
  );
}
