import type { CallFilter } from '#shared/filter/filter.ts';
import type { Change } from '#shared/format/change.ts';
import FigureLink from './FigureLink.tsx';

interface Props {
  change: Change;
  /** Figure alone, for a table's column: without what it is compared with and without the verdict. */
  short?: boolean;
  /** The calls of the figure that it is compared with. */
  past?: { figure: string; to: CallFilter } | undefined;
}

export default function ChangeWords({ change, short = false, past }: Props) {
  const { arrow, text, verdict, from } = change;
  const direction = { '▲': 'up', '▼': 'down', '→': '' }[arrow];
  return (
    <>
      {short && arrow === '→' ? (
        <span className="quiet">{text}</span>
      ) : (
        <span className={verdict}>
          <span className="arrow" aria-hidden="true">
            {arrow}
          </span>
          <span className="visually-hidden">{direction}</span>
          {` ${!short && verdict ? `${text}, ${verdict}` : text}`}
        </span>
      )}
      {!short && (
        <>
          {' '}
          <span className="quiet">
            {past ? (
              <FigureLink figure={`${past.figure}, before`} to={past.to}>
                {from}
              </FigureLink>
            ) : (
              from
            )}
          </span>
        </>
      )}
    </>
  );
}
