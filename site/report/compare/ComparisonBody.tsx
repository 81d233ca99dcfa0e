import { lengthOf } from '#shared/calendar/range.ts';
import type { Comparison } from '#shared/figures/compare/compared.ts';
import { counted, span } from '#shared/format/format.ts';
import AgentName from '../components/ui/AgentName.tsx';
import Lead from '../components/ui/Lead.tsx';
import SectionHead from '../components/ui/SectionHead.tsx';
import CompareFigures from './CompareFigures.tsx';
import CompareRules from './CompareRules.tsx';
import CompareWeeks from './CompareWeeks.tsx';
import { headOf } from './heads.ts';

/** Figures side by side: the sheet for a talk about several agents, or about how one has changed. */
export default function ComparisonBody({ view }: { view: Comparison }) {
  const { of, site, columns, rules } = view;
  const [first] = columns;
  if (!first) return null;
  const days = counted(lengthOf(first.period), 'day', site.locale);
  return (
    <>
      {view.lead.length > 0 && <Lead phrase={view.lead} />}
      <section className="section" aria-labelledby="figures-compared">
        <SectionHead
          id="figures-compared"
          title={of === 'agents' ? 'Side by side' : first.agent.name}
          note={
            of === 'agents'
              ? `${span(first.period.from, first.period.to, site.locale)}, ${days}; differences from ${site.minimumN} calls on each side`
              : `two periods; changes from ${site.minimumN} calls in each`
          }
        />
        <CompareFigures view={view} head={<Heads view={view} first="Figure" />} />
      </section>
      <CompareWeeks view={view} />
      {rules.length > 0 && (
        <section className="section" aria-labelledby="rules-compared">
          <SectionHead
            id="rules-compared"
            title="Rules"
            note="share of the checked calls on which each failed, worst first"
          />
          <CompareRules view={view} head={<Heads view={view} first="Rule" />} />
        </section>
      )}
    </>
  );
}

/** What each column is of. */
function Heads({ view, first }: { view: Comparison; first: string }) {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {view.columns.map((column) => (
          <th scope="col" key={headOf(view, column)}>
            {view.of === 'agents' ? <AgentName agent={{ ...column.agent, name: column.name }} /> : headOf(view, column)}
            {view.of === 'agents' && column.agent.team && <span className="quiet"> {column.agent.team}</span>}
          </th>
        ))}
        <th scope="col">{view.of === 'agents' ? 'Difference' : 'Change'}</th>
      </tr>
    </thead>
  );
}
