import type { ReactNode } from 'react';
import type { CallFilter } from '#shared/filter/filter.ts';
import { count, share } from '#shared/format/format.ts';
import { type Checks, failedOf, isEnough, rateOf } from '#shared/format/rate.ts';
import { ruleTarget } from '#shared/format/target.ts';
import type { AgentPage, RuleLine } from '#shared/view.ts';
import FigureLink from '../components/ui/FigureLink.tsx';
import RuleName from '../components/ui/RuleName.tsx';
import { agentFilters } from './agent-filters.ts';

/** On paper; the style sheet leaves the other rows out. */
const PRINTED = 10;
/** From so many points below the others on, a rate is marked. */
const CLEARLY = 0.05;

/** Every rule of one agent, against the own past and the others. */
export default function AgentRules({ view }: { view: AgentPage }) {
  const { agent, rules, site } = view;
  const { now, past, group } = agentFilters(view);
  const { locale, minimumN } = site;
  const hasTeam = rules.some((rule) => rule.team);
  const hasPast = rules.some((rule) => isEnough(minimumN, rule.before.evaluated));
  const passed = (of: CallFilter, rule: RuleLine, checks: Checks | undefined): ReactNode => {
    const rate = checks && rateOf(checks);
    return (
      rate !== undefined && (
        <FigureLink figure="rule passed, rounded" to={{ ...of, rule: [rule.id], result: 'evaluated' }}>
          {share(rate, locale, 0)}
        </FigureLink>
      )
    );
  };
  return (
    <>
      <table className="table agent-rules">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            {['Passed', hasPast && 'Own past', hasTeam && (agent.team ? 'Team' : 'Everyone'), 'Failed', 'n'].map(
              (head) =>
                head && (
                  <th key={head} scope="col" className="n">
                    {head}
                  </th>
                ),
            )}
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => {
            const enough = isEnough(minimumN, rule.evaluated);
            return (
              <tr key={rule.id} className={enough ? undefined : 'unranked'}>
                <th scope="row">
                  <RuleName
                    rule={rule}
                    target={ruleTarget(rule, site)}
                    failed={enough ? 1 - (rateOf(rule) ?? 1) : undefined}
                  />
                </th>
                <td className={['n', enough && 'key', isBelow(rule, minimumN) && 'worse'].filter(Boolean).join(' ')}>
                  {passed(now, rule, rule)}
                </td>
                {hasPast && (
                  <td className="n quiet">
                    {isEnough(minimumN, rule.before.evaluated) && passed(past, rule, rule.before)}
                  </td>
                )}
                {hasTeam && <td className="n quiet">{passed(group, rule, rule.team)}</td>}
                <td className="n">
                  <FigureLink figure="rule failed" to={{ ...now, rule: [rule.id] }} open={failedOf(rule) > 0}>
                    {count(failedOf(rule), locale)}
                  </FigureLink>
                </td>
                <td className="n quiet">
                  <FigureLink figure="rule evaluated" to={{ ...now, rule: [rule.id], result: 'evaluated' }}>
                    {count(rule.evaluated, locale)}
                  </FigureLink>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {rules.length > PRINTED && (
        <p className="note printed">
          The {PRINTED} weakest of {rules.length} rules; the page on screen has all.
        </p>
      )}
    </>
  );
}

/** Whether an agent's rate lies clearly below that of the others, both of enough calls. */
function isBelow(rule: RuleLine, minimumN: number): boolean {
  const [own, all] = [rateOf(rule), rule.team && rateOf(rule.team)];
  if (own === undefined || all === undefined) return false;
  return isEnough(minimumN, rule.evaluated) && isEnough(minimumN, rule.team?.evaluated) && own < all - CLEARLY;
}
