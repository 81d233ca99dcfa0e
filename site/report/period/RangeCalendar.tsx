import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { addMonths, monthOf, movedBy, weeksOf } from '#shared/calendar/calendar.ts';
import type { Range } from '#shared/calendar/range.ts';
import { englishLocaleOf, monthName, weekdayName } from '#shared/format/english.ts';
import { dayAndYear } from '#shared/format/format.ts';

interface Props {
  /** What is chosen so far: one end, or both. */
  chosen: Partial<Range>;
  /** Underlined: what the range is compared with. */
  compared?: Range | undefined;
  bounds: Range;
  onPick: (day: string) => void;
  locale: string;
  /** 0 = Sunday. */
  weekStart: number;
  /** Months side by side. */
  months: number;
}

/** Months as grids of days; one day can be reached by Tab, the others from there by arrows, Home, End and Page keys. */
export default function RangeCalendar({ chosen, compared, bounds, onPick, locale, weekStart, months }: Props) {
  const [current, setCurrent] = useState(chosen.to ?? chosen.from ?? bounds.to);
  const [last, setLast] = useState(monthOf(current));
  const [isMoving, setMoving] = useState(false);
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isMoving) grid.current?.querySelector<HTMLElement>(`[data-day="${current}"]`)?.focus();
  }, [current, isMoving]);
  const first = addMonths(last, 1 - months);
  const moveTo = (wanted: string) => {
    const day = wanted < bounds.from ? bounds.from : wanted > bounds.to ? bounds.to : wanted;
    setMoving(true);
    setCurrent(day);
    if (monthOf(day) > last) setLast(monthOf(day));
    if (monthOf(day) < first) setLast(addMonths(monthOf(day), months - 1));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const day = movedBy(event.key, current, weekStart, event.shiftKey);
    if (day === undefined) return;
    event.preventDefault();
    moveTo(day);
  };
  const turn = (by: number) => {
    setMoving(false);
    setLast(addMonths(last, by));
    const moved = addMonths(monthOf(current), by);
    const day = `${moved}-01`;
    setCurrent(day < bounds.from ? bounds.from : day > bounds.to ? bounds.to : day);
  };
  const shown = Array.from({ length: months }, (_, i) => addMonths(first, i));
  return (
    <div className="calendar" ref={grid}>
      <button
        type="button"
        className="calendar-turn"
        aria-label="Earlier month"
        disabled={first <= monthOf(bounds.from)}
        onClick={() => turn(-1)}
      >
        ‹
      </button>
      {shown.map((month) => (
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid of dates by the ARIA practices
        <table key={month} role="grid" aria-label={monthName(month, locale)} onKeyDown={onKeyDown}>
          <caption aria-hidden="true">{monthName(month, locale)}</caption>
          <thead aria-hidden="true">
            <tr>
              {weekdays(weekStart, locale).map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeksOf(month, weekStart).map((week) => (
              <tr key={week.find(Boolean)}>
                {week.map((day, at) =>
                  day === undefined ? (
                    // biome-ignore lint/suspicious/noArrayIndexKey: an empty place has no other identity
                    <td key={at} />
                  ) : (
                    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a cell of a grid can be selected
                    <td key={day} className={classOf(day, chosen, compared)} aria-selected={isIn(day, chosen)}>
                      <button
                        type="button"
                        data-day={day}
                        tabIndex={day === current ? 0 : -1}
                        disabled={day < bounds.from || day > bounds.to}
                        aria-label={dayAndYear(day, englishLocaleOf(locale))}
                        onClick={() => {
                          moveTo(day);
                          onPick(day);
                        }}
                      >
                        {Number(day.slice(8))}
                      </button>
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      <button
        type="button"
        className="calendar-turn"
        aria-label="Later month"
        disabled={last >= monthOf(bounds.to)}
        onClick={() => turn(1)}
      >
        ›
      </button>
    </div>
  );
}

function isIn(day: string, { from, to = from }: Partial<Range>): boolean {
  return from !== undefined && to !== undefined && day >= from && day <= to;
}

function classOf(day: string, chosen: Partial<Range>, compared: Range | undefined): string | undefined {
  const names = [
    isIn(day, chosen) && 'in',
    (day === chosen.from || day === chosen.to) && 'end',
    compared && isIn(day, compared) && 'compared',
  ].filter(Boolean);
  return names.length > 0 ? names.join(' ') : undefined;
}

/** Short names of the weekdays, in their order. */
const weekdays = (weekStart: number, locale: string): string[] =>
  Array.from({ length: 7 }, (_, i) => weekdayName((weekStart + i) % 7, locale, 'short'));
