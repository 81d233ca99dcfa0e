import { type CallFilter, callsHref } from '#lib/call-filter.ts';
import { count, decimal, fixed, share } from '#lib/format.ts';
import type { SiteView, Totals, Window } from '#view';
import Door from './Door.tsx';
import SectionHead from './SectionHead.tsx';

interface Props {
  totals: Totals;
  before: Totals;
  window: Pick<Window, 'from' | 'to'>;
  site: SiteView;
}

const TENS = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90];
const FLOORS: { [grade: string]: string } = { A: '90+', B: '80+', C: '70+', D: '60+', E: '0+' };
/** Scores are kept in millionths: the greatest one below the next tens. */
const BELOW = 1e-6;
const HEIGHT = 96;

/** How the scores of evaluated calls lie about the pass mark, and their grades. */
export default function Scores({ totals, before, window: { from, to }, site }: Props) {
  const { locale, minimumN, passMark } = site;
  const evaluated = totals.qaEvaluated ?? 0;
  const [failed, passed] = [evaluated - (totals.qaPassed ?? 0), totals.qaPassed ?? 0];
  const compared = (before.qaEvaluated ?? 0) >= minimumN;
  const was = compared && before.qaAverageScore !== undefined ? `, was ${fixed(before.qaAverageScore, locale)}` : '';
  const tens = TENS.map((least) => ({ least, most: least === 90 ? 100 : least + 10, n: totals.scores?.[least] ?? 0 }));
  const scored: CallFilter = { from, to, qa: ['passed', 'failed'] };
  return (
    <section className="section w4" aria-labelledby="scores">
      <SectionHead
        id="scores"
        title="Scores"
        note={totals.qaAverageScore === undefined ? undefined : `mean ${fixed(totals.qaAverageScore, locale)}${was}`}
      />
      <p className="score-sides">
        <span className="worse">
          <Door figure="failed" to={{ from, to, qa: ['failed'] }} open={failed > 0}>
            {count(failed, locale)} failed
          </Door>
        </span>{' '}
        <span className="better">
          <Door figure="passed" to={{ from, to, qa: ['passed'] }} open={passed > 0}>
            {count(passed, locale)} passed
          </Door>
        </span>
      </p>
      <svg
        className="score-bars"
        viewBox={`0 0 200 ${HEIGHT}`}
        height={HEIGHT}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {tens.map(({ least, most, n }) => {
          const height = ((HEIGHT - 6) * n) / Math.max(1, ...tens.map((each) => each.n));
          return (
            <a key={least} href={callsHref({ ...scored, score: spanOf(least, most) })} tabIndex={-1}>
              <title>{`${least} to ${most}: ${count(n, locale)}`}</title>
              <rect
                className={most <= passMark ? 'below' : undefined}
                x={least * 2 + 1}
                width="18"
                y={(HEIGHT - height).toFixed(1)}
                height={height.toFixed(1)}
              />
            </a>
          );
        })}
        <path className="mark" d={`M${passMark * 2} 0V${HEIGHT}`} />
      </svg>
      <p className="score-axis" aria-hidden="true">
        <span>0</span>
        <span>100</span>
      </p>
      <Grades totals={totals} before={compared ? before : undefined} scored={scored} locale={locale} />
      <details className="twin">
        <summary>Show as a table</summary>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Score</th>
              <th scope="col" className="n">
                Calls
              </th>
            </tr>
          </thead>
          <tbody>
            {tens.map(({ least, most, n }) => (
              <tr key={least}>
                <th scope="row">{most === 100 ? `${least} to 100` : `${least} to under ${most}`}</th>
                <td className="n key">
                  <Door figure="scores" to={{ ...scored, score: spanOf(least, most) }} open={n > 0}>
                    {count(n, locale)}
                  </Door>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      <p className="note">{`Evaluated calls, n = ${count(evaluated, locale)}. The line is the pass mark, ${decimal(passMark, locale)} points.`}</p>
    </section>
  );
}

const spanOf = (least: number, most: number) => ({ least, most: most === 100 ? 100 : most - BELOW });

interface GradesProps {
  totals: Totals;
  /** Absent where too few calls were evaluated to compare with. */
  before: Totals | undefined;
  scored: CallFilter;
  locale: string;
}

function Grades({ totals, before, scored, locale }: GradesProps) {
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
              <b>{name}</b> {FLOORS[name]}
            </dt>
            <dd>
              <Door figure="grade" to={{ ...scored, grade: [name] }} open={n > 0}>
                {count(n, locale)}
              </Door>
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
