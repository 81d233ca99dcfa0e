import type { ReactNode } from 'react';
import type { CallFilter } from '#shared/filter/filter.ts';
import type { Change } from '#shared/format/change.ts';
import { count } from '#shared/format/format.ts';
import ChangeWords from './ChangeWords.tsx';
import FigureLink from './FigureLink.tsx';
import Sparkline from './Sparkline.tsx';

interface Props {
  name: string;
  value: ReactNode;
  unit?: string;
  /** The calls that the figure is of, and those of the figure that it is compared with. */
  to?: CallFilter;
  past?: CallFilter;
  change?: Change | undefined;
  /** How many calls the figure covers, where that is not all. */
  n?: number | undefined;
  locale: string;
  /** Said in place of a change. */
  line?: string | undefined;
  /** What kind of figure the link is of, where that is not its name. */
  kind?: string | undefined;
  /** A second line; e.g., the team's figure. */
  second?: string | undefined;
  spark?: (number | undefined)[];
  children?: ReactNode;
}

export default function Figure({
  name,
  value,
  unit,
  to,
  past,
  change,
  n,
  locale,
  line,
  kind,
  second,
  spark,
  children,
}: Props) {
  return (
    <div className="figure">
      <dt>{name}</dt>
      <dd className="figure-value">
        {to ? (
          <FigureLink figure={kind ?? name} to={to}>
            {value}
          </FigureLink>
        ) : (
          value
        )}
        {unit && <span className="unit">{unit}</span>}
      </dd>
      {(change || line || n !== undefined) && (
        <dd className="figure-line">
          {change && <ChangeWords change={change} past={past && { figure: name, to: past }} />}
          {line}{' '}
          {n !== undefined && (
            <span className="quiet nowrap">
              {change || line ? '· n ' : 'n '}
              {to ? (
                <FigureLink figure="n" to={to}>
                  {count(n, locale)}
                </FigureLink>
              ) : (
                count(n, locale)
              )}
            </span>
          )}
        </dd>
      )}
      {second && <dd className="figure-line quiet">{second}</dd>}
      {children}
      {spark && (
        <dd className="figure-drawn">
          <Sparkline values={spark} worse={change?.verdict === 'worse'} />
        </dd>
      )}
    </div>
  );
}
