import { count } from '#shared/format/format.ts';
import type { AgentPage, SiteView } from '#shared/view.ts';
import Attention from '../components/figures/Attention.tsx';
import SectionHead from '../components/ui/SectionHead.tsx';

interface Props {
  attention: AgentPage['attention'];
  /** The query of the list of all of them. */
  list: string;
  site: SiteView;
  /** Whether the calls are of several agents. */
  agents: boolean;
}

/** The agent's or the team's calls of the period that need attention. */
export default function AgentAttention({ attention: { total, calls }, list, site, agents }: Props) {
  const all = count(total, site.locale);
  return (
    <section className="section" aria-labelledby="attention">
      <SectionHead
        id="attention"
        title="Needs attention"
        note={`${all} ${total === 1 ? 'call' : 'calls'} of the period, most urgent first`}
        action={
          total > 0
            ? { text: `list all ${all}`, href: `/calls/${list}`, figure: 'all that need attention' }
            : { text: 'how they are ranked', href: '/about/#attention' }
        }
      />
      {calls.length > 0 ? (
        <Attention calls={calls} site={site} agents={agents} list={list} />
      ) : (
        <div className="message">
          <b>No call needs attention.</b>
        </div>
      )}
    </section>
  );
}
