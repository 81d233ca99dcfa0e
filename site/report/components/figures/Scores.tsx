import type { CallFilter } from '#shared/filter/filter.ts';
import { count, fixed, share } from '#shared/format/format.ts';
import { failedOf, isEnough, qaChecks } from '#shared/format/rate.ts';
import { scoreTarget } from '#shared/format/target.ts';
import type { SiteView, Totals, Window } from '#shared/view.ts';
import AsTable from '../ui/AsTable.tsx';
import FigureLink from '../ui/FigureLink.tsx';
import SectionHead from '../ui/SectionHead.tsx';
import ScoreBars from './ScoreBars.tsx';
import { scoreTens } from './score-tens.ts';

interface Props {
  totals: Totals;
  before: Totals;
  window: Pick<Window, 'from' | 'to'>;
  site: SiteView;
}

/** Of the pipeline's grades; a sheet gives its own. */
const FLOORS: { [grade: string]: string } = { A: '90+', B: '80+', C: '70+', D: '60+', E: '0+' };
/** How the scores of evaluated calls lie about the pass mark, and their grades. */
export default function Scores({ totals, before, window: { from, to }, site }: Props) {
  const { locale, minimumN, passMark } = site;
  const checks = qaChecks(totals);
  const { evaluated, passed } = checks;
  const failed = failedOf(checks);
  const compared = isEnough(minimumN, evaluated, before.qaEvaluated);
  const was = compared && before.qaAverageScore !== undefined ? `, was ${fixed(before.qaAverageScore, locale)}` : '';
  const target = scoreTarget(totals, site);
  const aim = target === undefined ? '' : `, ${target}`;
  const tens = scoreTens(totals);
  const unscored = failed - tens.reduce((sum, each) => sum + each.failed, 0);
  const scored: CallFilter = { from, to, qa: ['passed', 'failed'] };
  return (
    <section className="section w4" aria-labelledby="scores">
      <SectionHead
        id="scores"
        title="Scores"
        note={
          totals.qaAverageScore === undefined ? undefined : `mean ${fixed(totals.qaAverageScore, locale)}${was}${aim}`
        }
      />
      <p className="score-sides">
        <span className="worse">
          <FigureLink figure="failed" to={{ from, to, qa: ['failed'] }} open={failed > 0}>
            {count(failed, locale)} failed
          </FigureLink>
        </span>{' '}
        <span className="better">
          <FigureLink figure="passed" to={{ from, to, qa: ['passed'] }} open={passed > 0}>
            {count(passed, locale)} passed
          </FigureLink>
        </span>
      </p>
      <ScoreBars tens={tens} passMark={passMark} scored={scored} locale={locale} />
      <Grades
        totals={totals}
        before={compared ? before : undefined}
        scored={scored}
        floors={site.fromSheets ? {} : FLOORS}
        locale={locale}
      />
      <AsTable heads={['Score', 'Failed', 'Passed']}>
        {tens.map((each) => (
          <tr key={each.least}>
            <th scope="row">{each.most === 100 ? `${each.least} to 100` : `${each.least} to under ${each.most}`}</th>
            <td className="n key">
              <FigureLink figure="scores" to={{ ...scored, ...each.failedCalls }} open={each.failed > 0}>
                {count(each.failed, locale)}
              </FigureLink>
            </td>
            <td className="n">
              <FigureLink figure="scores" to={{ ...scored, ...each.passedCalls }} open={each.passed > 0}>
                {count(each.passed, locale)}
              </FigureLink>
            </td>
          </tr>
        ))}
      </AsTable>
      <p className="note">
        {`${count(evaluated, locale)} evaluated ${evaluated === 1 ? 'call' : 'calls'}.`}
        {unscored > 0 && ` ${count(unscored, locale)} that failed ${unscored === 1 ? 'has' : 'have'} no score.`}
      </p>
    </section>
  );
}

interface GradesProps {
  totals: Totals;
  /** Absent where too few calls were evaluated to compare with. */
  before: Totals | undefined;
  scored: CallFilter;
  /** Where each grade begins, if that is known. */
  floors: { [grade: string]: string };
  locale: string;
}

function Grades({ totals, before, scored, floors, locale }: GradesProps) {
  const sum = (grades: Totals['grades']) => Object.values(grades ?? {}).reduce((a, b) => a + b, 0);
  const [all, allBefore] = [sum(totals.grades), sum(before?.grades)];
  if (all === 0) return null;
  const names = [...new Set([...Object.keys(FLOORS), ...Object.keys(totals.grades ?? {})])];
  return (
    <dl className="grades">
      {names.map((name) => {
        const n = totals.grades?.[name] ?? 0;
        return (
          <div key={name}>
            <dt>
              <b>{name}</b> {floors[name]}
            </dt>
            <dd>
              <FigureLink figure="grade" to={{ ...scored, grade: [name] }} open={n > 0}>
                {count(n, locale)}
              </FigureLink>
            </dd>
            <dd className="quiet">{share(n / all, locale, 0)}</dd>
            {allBefore > 0 && (
              <dd className="quiet">was {share((before?.grades?.[name] ?? 0) / allBefore, locale, 0)}</dd>
            )}
          </div>
        );
      })}
    </dl>
  );
}
