import { failedMoved } from '#shared/figures/named-rule.ts';
import { pointsChange } from '#shared/format/change.ts';
import { count } from '#shared/format/format.ts';
import { partInWords } from '#shared/format/passed.ts';
import { failedOf, isEnough, leastAndMost, rateOf } from '#shared/format/rate.ts';
import { ruleTarget } from '#shared/format/target.ts';
import type { RuleLine, SiteView, Window } from '#shared/view.ts';
import ChangeWords from '../ui/ChangeWords.tsx';
import FigureLink from '../ui/FigureLink.tsx';
import RuleName from '../ui/RuleName.tsx';
import SectionHead from '../ui/SectionHead.tsx';

interface Props {
  rules: RuleLine[];
  window: Pick<Window, 'from' | 'to' | 'days'>;
  site: SiteView;
}

const SHOWN = 7;

/** The few rules that fail most, on the overview. */
export default function WorstRules({ rules, window: { from, to, days }, site }: Props) {
  const { locale, minimumN } = site;
  const worst = rules.slice(0, SHOWN);
  const [least, most] = leastAndMost(worst.map((rule) => rule.evaluated));
  const changed = worst.some((rule) => failedMoved(rule, minimumN) !== undefined);
  const upTo = least === most ? '' : ` to ${count(most, locale)}`;
  return (
    <section className="section w4" aria-labelledby="rules">
      <SectionHead
        id="rules"
        title="Rules, worst first"
        note={days === 1 ? 'one day' : `${days} days`}
        action={{ text: rules.length > SHOWN ? `all ${rules.length}` : 'more on QA', href: '/qa/' }}
      />
      {worst.length === 0 ? (
        <p className="note">The evaluated calls in this period have no rules.</p>
      ) : (
        <>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Rule</th>
                <th scope="col" className="n">
                  Passed
                </th>
                {changed && (
                  <th scope="col" className="n">
                    Change
                  </th>
                )}
                <th scope="col" className="n">
                  Failed
                </th>
              </tr>
            </thead>
            <tbody>
              {worst.map((rule) => {
                const [now, past] = [rateOf(rule), rateOf(rule.before)];
                const enough = isEnough(minimumN, rule.evaluated);
                return (
                  <tr key={rule.id}>
                    <th scope="row">
                      <RuleName
                        rule={rule}
                        target={ruleTarget(rule, site)}
                        failed={enough && now !== undefined ? 1 - now : undefined}
                      />
                    </th>
                    <td className="n key">
                      {now !== undefined && (
                        <FigureLink
                          figure={enough ? 'rule passed, rounded' : 'rule passed, of few'}
                          to={{ from, to, rule: [rule.id], result: 'evaluated' }}
                        >
                          {partInWords(rule.passed, rule.evaluated, site, 0)}
                        </FigureLink>
                      )}
                    </td>
                    {changed && (
                      <td className="n">
                        {now !== undefined &&
                          past !== undefined &&
                          isEnough(minimumN, rule.evaluated, rule.before.evaluated) && (
                            <ChangeWords change={pointsChange(now, past, locale, '')} short />
                          )}
                      </td>
                    )}
                    <td className="n">
                      <FigureLink figure="rule failed" to={{ from, to, rule: [rule.id] }} open={failedOf(rule) > 0}>
                        {count(failedOf(rule), locale)}
                      </FigureLink>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          <p className="note">{`Each rule was checked on ${count(least, locale)}${upTo} ${most === 1 ? 'call' : 'calls'}.${changed ? ' Change in points.' : ''}`}</p>
        </>
      )}
    </section>
  );
}
