import { Fragment } from 'react';
import type { CallFilter } from '#shared/filter/filter.ts';
import { count } from '#shared/format/format.ts';
import type { MostBy } from '#shared/view.ts';
import AgentName from '../ui/AgentName.tsx';
import FigureLink from '../ui/FigureLink.tsx';

interface Props {
  by: MostBy | undefined;
  /** The calls of the period on which the rule failed. */
  rule: CallFilter;
  locale: string;
}

/** Who failed a rule on most calls: names with "10 of 42", several where they have as many. */
export default function Most({ by, rule, locale }: Props) {
  if (!by || by.kind === 'none') return <span className="quiet">none</span>;
  if (by.kind === 'unknown')
    return (
      <span>
        unknown agents{' '}
        <Counted rule={{ ...rule, agent: [''] }} failed={by.failed} evaluated={by.evaluated} locale={locale} />
      </span>
    );
  return (
    <span>
      {by.agents.map(({ agent, failed, evaluated }, at) => (
        <Fragment key={agent.id}>
          {at > 0 && ', '}
          <AgentName agent={agent} />{' '}
          <Counted rule={{ ...rule, agent: [agent.id ?? ''] }} failed={failed} evaluated={evaluated} locale={locale} />
        </Fragment>
      ))}
      {by.others > 0 && ` and ${count(by.others, locale)} ${by.others === 1 ? 'other' : 'others'}`}
    </span>
  );
}

/** "10 of 42". */
function Counted({
  rule,
  failed,
  evaluated,
  locale,
}: {
  rule: CallFilter;
  failed: number;
  evaluated: number;
  locale: string;
}) {
  return (
    <span className="quiet nowrap">
      <FigureLink figure="rule failed" to={rule}>
        {count(failed, locale)}
      </FigureLink>{' '}
      of{' '}
      <FigureLink figure="rule evaluated" to={{ ...rule, result: 'evaluated' }}>
        {count(evaluated, locale)}
      </FigureLink>
    </span>
  );
}
