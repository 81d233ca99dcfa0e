import { failedMoved } from '#shared/figures/named-rule.ts';
import { pointsChange } from '#shared/format/change.ts';
import { count, decimal } from '#shared/format/format.ts';
import { partInWords } from '#shared/format/passed.ts';
import { failedOf, isEnough, rateOf } from '#shared/format/rate.ts';
import { ruleTarget } from '#shared/format/target.ts';
import type { RuleLine, SiteView, Window } from '#shared/view.ts';
import { calibrationHref } from '../../explorer/list-request.ts';
import ChangeWords from '../ui/ChangeWords.tsx';
import FigureLink from '../ui/FigureLink.tsx';
import RuleName from '../ui/RuleName.tsx';
import SectionHead from '../ui/SectionHead.tsx';
import Sparkline from '../ui/Sparkline.tsx';
import Most from './Most.tsx';

interface Props {
  rules: RuleLine[];
  /** Whether there are several agents, so that one can be named. */
  agents: boolean;
  window: Pick<Window, 'from' | 'to'>;
  site: SiteView;
}

/** Every rule of the period, worst first. */
export default function RuleTable({ rules, agents, window: { from, to }, site }: Props) {
  const { locale, minimumN } = site;
  const has = {
    category: rules.some((rule) => rule.category),
    weight: rules.some((rule) => rule.weight !== undefined),
    trend: rules.some((rule) => (rule.trend ?? []).filter((rate) => rate !== undefined).length > 2),
    change: rules.some((rule) => failedMoved(rule, minimumN) !== undefined),
    mostBy: agents && rules.some(({ mostBy }) => mostBy && mostBy.kind !== 'none'),
  };
  return (
    <section className="section" aria-labelledby="rules">
      <SectionHead
        id="rules"
        title="Rules, worst first"
        note="share passed of the calls that each rule was checked on; bar = share failed"
      />
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            {has.category && (
              <th scope="col" className="drop-2">
                Category
              </th>
            )}
            {has.weight && (
              <th scope="col" className="n drop-2">
                Weight
              </th>
            )}
            <th scope="col" className="n">
              Passed
            </th>
            {has.change && (
              <th scope="col" className="n">
                Change, pts
              </th>
            )}
            {has.trend && (
              <th scope="col" className="n drop-2">
                By week
              </th>
            )}
            <th scope="col" className="n">
              Failed
            </th>
            <th scope="col" className="n drop-3">
              n
            </th>
            {has.mostBy && (
              <th scope="col" className="drop-3">
                Most by
              </th>
            )}
            <th scope="col" className="drop-3 paper-none">
              <span className="visually-hidden">Sample to judge</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => {
            const [now, past] = [rateOf(rule), rateOf(rule.before)];
            const enough = isEnough(minimumN, rule.evaluated);
            const own = { from, to, rule: [rule.id] };
            const change =
              now !== undefined && past !== undefined && isEnough(minimumN, rule.evaluated, rule.before.evaluated)
                ? pointsChange(now, past, locale, '')
                : undefined;
            const { mostBy } = rule;
            return (
              <tr key={rule.id} className={enough ? undefined : 'unranked'}>
                <th scope="row">
                  <RuleName
                    rule={rule}
                    target={ruleTarget(rule, site)}
                    failed={enough && now !== undefined ? 1 - now : undefined}
                  />
                </th>
                {has.category && <td className="drop-2">{rule.category}</td>}
                {has.weight && (
                  <td className="n drop-2">{rule.weight !== undefined && decimal(rule.weight, locale, 2)}</td>
                )}
                <td className="n key">
                  {now !== undefined && (
                    <FigureLink
                      figure={enough ? 'rule passed' : 'rule passed, of few'}
                      to={{ ...own, result: 'evaluated' }}
                    >
                      {partInWords(rule.passed, rule.evaluated, site)}
                    </FigureLink>
                  )}
                </td>
                {has.change && <td className="n">{change && <ChangeWords change={change} short />}</td>}
                {has.trend && (
                  <td className="n drop-2">
                    <Sparkline values={rule.trend ?? []} worse={change?.verdict === 'worse'} inTable />
                  </td>
                )}
                <td className="n key">
                  <FigureLink figure="rule failed" to={own} open={failedOf(rule) > 0}>
                    {count(failedOf(rule), locale)}
                  </FigureLink>
                </td>
                <td className="n drop-3 quiet">
                  <FigureLink figure="rule evaluated" to={{ ...own, result: 'evaluated' }} open={rule.evaluated > 0}>
                    {count(rule.evaluated, locale)}
                  </FigureLink>
                </td>
                {has.mostBy && (
                  <td className="drop-3">
                    <Most by={mostBy} rule={own} locale={locale} />
                  </td>
                )}
                <td className="drop-3 paper-none">
                  {rule.evaluated > 0 && (
                    <a className="quiet" href={calibrationHref({ rule: rule.id, from, to })}>
                      calibrate<span className="visually-hidden"> {rule.name}</span>
                    </a>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
