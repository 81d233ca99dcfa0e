import type { Range } from '#shared/calendar/range.ts';
import { span } from '#shared/format/format.ts';

/** The closed control: the period's name, if it has one, and its days. */
export default function RangeWords({
  name,
  range,
  locale,
}: {
  name: string | undefined;
  range: Range;
  locale: string;
}) {
  return (
    <>
      <span className="visually-hidden">Period: </span>
      {name && (
        <>
          <b>{name}</b>{' '}
        </>
      )}
      <span>{span(range.from, range.to, locale)}</span>
    </>
  );
}
