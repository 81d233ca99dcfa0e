import type { ReactNode } from 'react';
import type { CallFilter } from '#shared/filter/filter.ts';
import { pointsChange } from '#shared/format/change.ts';
import { count, share } from '#shared/format/format.ts';
import { type Checks, failedOf, heatStep, isEnough, rateOf } from '#shared/format/rate.ts';
import type { MatrixRow, QaPage, SiteView, Totals, Window } from '#shared/view.ts';
import AgentName from '../ui/AgentName.tsx';
import FigureLink from '../ui/FigureLink.tsx';
import Icon from '../ui/Icon.tsx';
import SectionHead from '../ui/SectionHead.tsx';
import { useScope } from '../ui/scope.ts';

interface Props {
  matrix: QaPage['matrix'];
  teams: QaPage['teams'];
  rules: QaPage['rules'];
  totals: Totals;
  window: Pick<Window, 'from' | 'to'>;
  site: SiteView;
}

/** Agents whose row is shown, weakest first: a wall of colour says nothing. */
const MOST = 40;
const KEY = ['95% or more', '88 – 94%', '80 – 87%', '70 – 79%', '60 – 69%', 'under 60%'];

/** Agents by rules: each cell opens the calls that failed. */
export default function HeatMap({ matrix, teams, rules, totals, window: { from, to }, site }: Props) {
  const all = useScope().team ? 'All of them' : 'Everyone';
  const { locale, minimumN } = site;
  const shown = matrix.slice(0, MOST);
  return (
    <section className="section" aria-labelledby="who-fails-what">
      <SectionHead
        id="who-fails-what"
        title="Who fails what"
        note={`agents ${teams.length > 0 ? 'and teams, as configured now, ' : ''}by rules, weakest first; each cell opens the failed calls`}
        action={
          matrix.length > shown.length
            ? {
                text: `the ${shown.length} weakest of ${count(matrix.length, locale)} agents`,
                href: '/agents/',
              }
            : undefined
        }
      />
      <div className="scroll">
        <table className="table heat">
          <thead>
            <tr>
              <th scope="col">Agent</th>
              <th scope="col" className="n drop-3">
                n
              </th>
              <th scope="col" className="n">
                Calls passed
              </th>
              {rules.map((rule) => (
                <th scope="col" key={rule.id}>
                  {rule.name}
                  {rule.critical && (
                    <span>
                      {' '}
                      <Icon name="critical" />
                      <span className="visually-hidden">critical</span>
                    </span>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <HeatRow
                key={row.agent.id}
                name={row.agent.name}
                of={{ from, to, agent: [row.agent.id ?? ''] }}
                {...{ row, rules, site }}
              >
                <AgentName agent={row.agent} />{' '}
                {row.agent.team && <span className="quiet drop-3">{row.agent.team}</span>}
              </HeatRow>
            ))}
          </tbody>
          {teams.length > 0 && (
            <tbody>
              {teams.map((row) => (
                <HeatRow
                  key={row.team.name}
                  name={`Team ${row.team.name}`}
                  of={{ from, to, team: [row.team.name] }}
                  {...{ row, rules, site }}
                >
                  <span className="quiet">Team</span> <a href={row.team.href}>{row.team.name}</a>
                </HeatRow>
              ))}
            </tbody>
          )}
          <tbody className="everyone">
            <HeatRow
              name={all}
              of={{ from, to }}
              row={{ totals, ranked: true, cells: rules }}
              rules={rules}
              site={site}
              plain
            >
              {all}
            </HeatRow>
          </tbody>
        </table>
      </div>
      <p className="heat-key" aria-hidden="true">
        <span>Passed</span>
        {KEY.map((text, step) => (
          <span key={text}>
            <i className={`heat-${step}`} />
            {text}
          </span>
        )).reverse()}
        {shown.some((row) => !row.ranked) && (
          <span>
            <i className="key-few" />
            {`fewer than ${minimumN} calls: listed last, not coloured, not ranked`}
          </span>
        )}
      </p>
    </section>
  );
}

interface RowProps {
  name: string;
  /** The calls that the row is of. */
  of: CallFilter;
  row: MatrixRow;
  rules: QaPage['rules'];
  site: SiteView;
  /** Without colours: what the others are seen against. */
  plain?: boolean;
  children: ReactNode;
}

function HeatRow({ name, of, row: { totals, ranked, cells }, rules, site, plain = false, children }: RowProps) {
  const { locale, minimumN } = site;
  const evaluated = { ...of, qa: ['passed' as const, 'failed' as const] };
  return (
    <tr className={ranked ? undefined : 'unranked'}>
      <th scope="row">{children}</th>
      <td className="n drop-3 quiet">
        <FigureLink figure="evaluated" to={evaluated}>
          {count(totals.qaEvaluated ?? 0, locale)}
        </FigureLink>
      </td>
      <td className={ranked ? 'n key' : 'n'}>
        {totals.qaPassRate !== undefined && (
          <FigureLink figure="QA passed, rounded" to={evaluated}>
            {share(totals.qaPassRate, locale, 0)}
          </FigureLink>
        )}
      </td>
      {cells.map((cell, at) => {
        const rule = rules[at]?.id ?? '';
        const few = !ranked || !isEnough(minimumN, cell.evaluated);
        return (
          <HeatCell
            key={rule}
            name={`${name}, ${rules[at]?.name ?? ''}`}
            cell={cell}
            site={site}
            to={{ ...of, rule: [rule] }}
            className={plain ? () => '' : few ? () => 'few' : (rate) => `heat-${heatStep(rate)}`}
          />
        );
      })}
    </tr>
  );
}

interface CellProps {
  /** Whose checks of which rule; e.g., "Alina Nowak, Confirms next step". */
  name: string;
  cell: Checks & { before: Checks };
  site: SiteView;
  to: CallFilter;
  /** By the share passed. */
  className: (rate: number) => string;
}

function HeatCell({ name, cell, site, to, className }: CellProps) {
  const { locale } = site;
  const rate = rateOf(cell);
  if (rate === undefined) return <td className="cell none">not evaluated</td>;
  const failed = failedOf(cell);
  const hint = `${name}: ${hintOf(cell, rate, site)}`;
  return (
    <td className={`cell ${className(rate)}`.trim()} title={failed === 0 ? hint : undefined}>
      <FigureLink figure="rule failed, of its checks" to={to} open={failed > 0} hint={hint}>
        <b>{share(rate, locale, 0)}</b> <span>{failed === 0 ? 'none' : `${count(failed, locale)} failed`}</span>
      </FigureLink>
    </td>
  );
}

/** "28 of 40 passed, 12 failed; ▼ 4.3 pts, worse, from 74.3% of 35 in the period before". */
function hintOf(cell: CellProps['cell'], rate: number, { locale, minimumN }: SiteView): string {
  const { evaluated, passed, before } = cell;
  const now = `${count(passed, locale)} of ${count(evaluated, locale)} passed, ${count(failedOf(cell), locale)} failed`;
  const past = rateOf(before);
  if (past === undefined || !isEnough(minimumN, evaluated, before.evaluated)) return now;
  const { arrow, text, verdict, from } = pointsChange(rate, past, locale);
  return `${now}; ${[`${arrow} ${text}`, verdict].filter(Boolean).join(', ')} ${from} of ${count(before.evaluated, locale)} in the period before`;
}
