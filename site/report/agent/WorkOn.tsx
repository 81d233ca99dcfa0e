import type { CallFilter } from '#shared/filter/filter.ts';
import { pointsChange } from '#shared/format/change.ts';
import { count, share } from '#shared/format/format.ts';
import { failedOf, rateOf } from '#shared/format/rate.ts';
import type { AgentPage, RuleLine, SiteView } from '#shared/view.ts';
import ChangeWords from '../components/ui/ChangeWords.tsx';
import FigureLink from '../components/ui/FigureLink.tsx';
import { type AgentFilters, agentFilters } from './agent-filters.ts';
import Dumbbell, { DumbbellKey } from './Dumbbell.tsx';
import Examples from './Examples.tsx';

/** The weakest rules, each against the own past and the others, with what was noted and said. */
export default function WorkOn({ view }: { view: AgentPage }) {
  const { workOn, site } = view;
  const filters = agentFilters(view);
  return (
    <div className="band" id="work-on">
      <h2>
        {['One to work on', 'Two to work on', 'Three to work on'][workOn.length - 1]}{' '}
        <span className="note">
          {workOn.length === 1 ? 'weakest rule' : 'weakest rules'}; <DumbbellKey teamName={filters.teamName} />
        </span>
      </h2>
      <div className="row">
        {workOn.map(({ rule, examples, quotes }) => (
          <section key={rule.id} className="section w4 work-on">
            <h3>
              {rule.name} {rule.critical && <span className="tag">critical</span>}
            </h3>
            <RuleFigures rule={rule} site={site} filters={filters} />
            <Examples rule={rule} examples={examples} quotes={quotes} site={site} />
          </section>
        ))}
      </div>
    </div>
  );
}

function RuleFigures({ rule, site, filters }: { rule: RuleLine; site: SiteView; filters: AgentFilters }) {
  const { now, past, group, teamName } = filters;
  const { locale, minimumN } = site;
  const rate = rateOf(rule) ?? 0;
  const rateBefore = rule.before.evaluated >= minimumN ? rateOf(rule.before) : undefined;
  const teamRate = rule.team && rateOf(rule.team);
  const change = rateBefore === undefined ? undefined : pointsChange(rate, rateBefore, locale);
  const passed = (of: CallFilter, value: number) => (
    <FigureLink figure="rule passed, rounded" to={{ ...of, rule: [rule.id], result: 'evaluated' }}>
      {share(value, locale, 0)}
    </FigureLink>
  );
  return (
    <>
      <p>
        <b className="work-rate">{passed(now, rate)}</b> passed,{' '}
        <FigureLink figure="rule failed" to={{ ...now, rule: [rule.id] }}>
          {count(failedOf(rule), locale)}
        </FigureLink>{' '}
        of{' '}
        <FigureLink figure="rule evaluated" to={{ ...now, rule: [rule.id], result: 'evaluated' }}>
          {count(rule.evaluated, locale)}
        </FigureLink>{' '}
        failed
      </p>
      <p className="note">
        {change && <ChangeWords change={change} />}
        {teamRate !== undefined && `${change ? ' · ' : ''}${differenceInWords(rate - teamRate, teamName, locale)}`}
      </p>
      <Dumbbell now={rate} past={rateBefore} team={teamRate} isWorse={change?.verdict === 'worse'} />
      <p className="note">
        {rateBefore === undefined ? (
          rule.before.evaluated > 0 && `own past n = ${rule.before.evaluated}: too few to compare`
        ) : (
          <span>own past {passed(past, rateBefore)}</span>
        )}{' '}
        {teamRate !== undefined && (
          <span>
            {rateBefore === undefined && rule.before.evaluated === 0 ? '' : '· '}
            {teamName} {passed(group, teamRate)}
          </span>
        )}
      </p>
    </>
  );
}

/** "2 points below team". @param by of 1 */
function differenceInWords(by: number, teamName: string, locale: string): string {
  const points = Math.round(by * 100);
  if (points === 0) return `level with ${teamName}`;
  const size = Math.abs(points);
  return `${count(size, locale)} ${size === 1 ? 'point' : 'points'} ${points < 0 ? 'below' : 'above'} ${teamName}`;
}
