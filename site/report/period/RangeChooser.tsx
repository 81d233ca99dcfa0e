import { useId, useState } from 'react';
import { isDay, lengthOf, type Range } from '#shared/calendar/range.ts';
import { windowOf } from '#shared/calendar/window.ts';
import { englishLocaleOf } from '#shared/format/english.ts';
import { dayAndYear } from '#shared/format/format.ts';
import { beforeInWords } from '../components/ui/Context.tsx';
import RangeCalendar from './RangeCalendar.tsx';

interface Props {
  range: Range;
  /** First and last day that can be chosen. */
  bounds: Range;
  onChoose: (range: Range) => void;
  onCancel: () => void;
  locale: string;
  weekStart: number;
  /** Last complete day with a call, where the periods that have a name end. */
  last: string;
  compared?: boolean;
}

/** Under this width there is room for one month. */
const TWO_MONTHS = 700;

/** Days of one's own: in two months, or typed. */
export default function RangeChooser({
  range,
  bounds,
  onChoose,
  onCancel,
  locale,
  weekStart,
  last,
  compared = true,
}: Props) {
  const [draft, setDraft] = useState<Partial<Range>>(range);
  const chosen = asRange(draft, bounds);
  const window = chosen && compared ? windowOf(chosen, { first: bounds.from, last, weekStart }) : undefined;
  const id = useId();
  const length = chosen && (chosen.from === chosen.to ? 'one day' : `${lengthOf(chosen)} days`);
  return (
    <form
      className="range-own"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen) onChoose(chosen);
      }}
    >
      <RangeCalendar
        chosen={{
          from: isDay(draft.from ?? null) ? draft.from : undefined,
          to: isDay(draft.to ?? null) ? draft.to : undefined,
        }}
        compared={window?.before}
        bounds={bounds}
        onPick={(day) => setDraft(next(draft, day))}
        locale={locale}
        weekStart={weekStart}
        months={globalThis.innerWidth < TWO_MONTHS ? 1 : 2}
      />
      <div className="range-foot">
        {(['from', 'to'] as const).map((end) => (
          <label key={end}>
            <span>{end === 'from' ? 'From' : 'to'}</span>
            <input
              type="date"
              required
              min={bounds.from}
              max={bounds.to}
              value={draft[end] ?? ''}
              onChange={(event) => setDraft({ ...draft, [end]: event.target.value })}
              aria-describedby={id}
            />
          </label>
        ))}
        <p id={id} className="note" aria-live="polite">
          {chosen
            ? window?.before
              ? `Compared with ${beforeInWords(window, locale)}, underlined${window.perDay ? '' : ': same length, same weekdays'}`
              : compared
                ? `${length}, not compared: the period before would start before the first call`
                : length
            : `Choose days from ${dayAndYear(bounds.from, englishLocaleOf(locale))} to ${dayAndYear(bounds.to, englishLocaleOf(locale))}.`}
        </p>
        <button type="button" className="button" onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" className="button button-main" disabled={!chosen}>
          {length ? `Show ${length}` : 'Show'}
        </button>
      </div>
    </form>
  );
}

/** What a click on a day makes of a range: a first end where none or both are known, else the other one. */
function next({ from, to }: Partial<Range>, day: string): Partial<Range> {
  if (!from || to) return { from: day };
  return day < from ? { from: day, to: from } : { from, to: day };
}

function asRange({ from, to }: Partial<Range>, bounds: Range): Range | undefined {
  if (!isDay(from ?? null) || !isDay(to ?? null) || !from || !to) return undefined;
  return from <= to && from >= bounds.from && to <= bounds.to ? { from, to } : undefined;
}
