import { pointsChange } from '#shared/format/change.ts';
import { count, share } from '#shared/format/format.ts';
import { failedOf, isEnough, rateOf } from '#shared/format/rate.ts';
import type { QaPage, SiteView, Window } from '#shared/view.ts';
import ChangeWords from '../ui/ChangeWords.tsx';
import FigureLink from '../ui/FigureLink.tsx';
import RuleName from '../ui/RuleName.tsx';
import SectionHead from '../ui/SectionHead.tsx';

interface Props {
  categories: QaPage['categories'];
  rules: QaPage['rules'];
  window: Pick<Window, 'from' | 'to'>;
  site: SiteView;
}

/** Checks by the category of their rule; a figure opens the calls that the checks were made on. */
export default function Categories({ categories, rules, window: { from, to }, site }: Props) {
  const { locale, minimumN } = site;
  const changed = categories.some(({ evaluated, before }) => isEnough(minimumN, evaluated, before.evaluated));
  return (
    <section className="section w8" aria-labelledby="categories">
      <SectionHead id="categories" title="Categories" note="rule checks passed; a check is one rule on one call" />
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Category</th>
            <th scope="col" className="n drop-3">
              Rules
            </th>
            <th scope="col" className="n">
              Passed
            </th>
            {changed && (
              <th scope="col" className="n">
                Change, pts
              </th>
            )}
            <th scope="col" className="n">
              Checks failed
            </th>
          </tr>
        </thead>
        <tbody>
          {categories.map((category) => {
            const [now, past] = [rateOf(category), rateOf(category.before)];
            const own = rules.filter((rule) => rule.category === category.name).map(({ id }) => id);
            return (
              <tr key={category.name}>
                <th scope="row">
                  <RuleName
                    rule={{ name: category.name, critical: false }}
                    failed={now === undefined ? undefined : 1 - now}
                  />
                </th>
                <td className="n drop-3">{count(category.rules, locale)}</td>
                <td className="n key">
                  {now !== undefined && (
                    <FigureLink figure="checks passed" to={{ from, to, rule: own, result: 'evaluated' }}>
                      {share(now, locale)}
                    </FigureLink>
                  )}
                </td>
                {changed && (
                  <td className="n">
                    {now !== undefined &&
                      past !== undefined &&
                      isEnough(minimumN, category.evaluated, category.before.evaluated) && (
                        <ChangeWords change={pointsChange(now, past, locale, '')} short />
                      )}
                  </td>
                )}
                <td className="n">
                  <FigureLink figure="checks failed" to={{ from, to, rule: own }} open={failedOf(category) > 0}>
                    {count(failedOf(category), locale)}
                  </FigureLink>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
