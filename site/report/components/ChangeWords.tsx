import type { Change } from '#lib/change.ts';

interface Props {
  change: Change;
  /** Figure alone, for a table's column: without what it is compared with and without the verdict. */
  short?: boolean;
}

export default function ChangeWords({ change, short = false }: Props) {
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
          <span className="quiet">{from}</span>
        </>
      )}
    </>
  );
}
