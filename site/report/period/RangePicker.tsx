import { useEffect, useId, useRef, useState } from 'react';
import {
  boundsOf,
  type Calendar,
  isSame,
  type Preset,
  presetOf,
  presetsOf,
  type Range,
} from '#shared/calendar/range.ts';
import { count } from '#shared/format/format.ts';
import RangeChooser from './RangeChooser.tsx';
import RangeWords from './RangeWords.tsx';
import type { CountCalls } from './subject-calls.ts';

interface Props {
  calendar: Calendar;
  /** What is shown. */
  range: Range;
  onChoose: (range: Range) => void;
  locale: string;
  /** First day of the week, 0 = Sunday. */
  weekStart: number;
  /** Whether the period that figures are compared with is shown. */
  compared?: boolean;
  /** Counts the calls of whom the page is about; absent: of everybody. */
  countCalls?: CountCalls | undefined;
  /** Opened at once, since the button was pressed before this was there. */
  initiallyOpen?: boolean;
}

/** A period by its name or by its days: closed a button that says both, open a dialog beside it. */
export default function RangePicker(props: Props) {
  const { calendar, range, onChoose, locale, initiallyOpen = false } = props;
  const [isOpen, setOpen] = useState(initiallyOpen);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const preset = presetOf(calendar, range);
  useEffect(() => {
    if (!isOpen) return;
    const closeOutside = (event: Event) => {
      if (!place.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('focusin', closeOutside);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('focusin', closeOutside);
    };
  }, [isOpen]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const choose = (chosen: Range) => {
    close();
    if (!isSame(chosen, range)) onChoose(chosen);
  };
  return (
    <div ref={place} className="range-picker">
      <button
        ref={button}
        type="button"
        className="range"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <RangeWords name={preset?.name} range={range} locale={locale} />
      </button>
      {isOpen && (
        <div
          id={id}
          className="range-panel"
          role="dialog"
          aria-label="Choose a period"
          onKeyDown={(event) => {
            if (event.key === 'Escape') close();
          }}
        >
          <Presets {...props} presets={presetsOf(calendar)} onChoose={choose} />
          <RangeChooser
            {...props}
            bounds={boundsOf(calendar) ?? range}
            last={calendar.window.to}
            onChoose={choose}
            onCancel={close}
          />
        </div>
      )}
    </div>
  );
}

interface PresetsProps extends Pick<Props, 'range' | 'onChoose' | 'locale' | 'countCalls'> {
  presets: Preset[];
}

function Presets({ presets, range, onChoose, locale, countCalls }: PresetsProps) {
  const [counts, setCounts] = useState(countCalls ? undefined : presets.map(({ calls }) => calls));
  const chosen = presets.findIndex((preset) => isSame(preset, range));
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  // Where they cannot be had, periods stand without: what is chosen says then what is wrong.
  useEffect(() => void countCalls?.(presets).then(setCounts, () => undefined), [countCalls, presets]);
  return (
    <fieldset className="range-presets">
      <legend className="visually-hidden">Periods that end with the last complete day</legend>
      {presets.map((preset, index) => (
        <button
          key={preset.name}
          ref={index === Math.max(0, chosen) ? first : undefined}
          type="button"
          aria-pressed={index === chosen}
          onClick={() => onChoose({ from: preset.from, to: preset.to })}
        >
          <span>{preset.name}</span> <Calls count={counts?.[index]} locale={locale} />
        </button>
      ))}
      {counts && (
        <p className="note" aria-hidden="true">
          Right: calls in each period
        </p>
      )}
    </fieldset>
  );
}

/** Nothing, as long as it is not known. */
function Calls({ count: calls, locale }: { count: number | undefined; locale: string }) {
  if (calls === undefined) return null;
  return (
    <span className="quiet">
      {count(calls, locale)}
      <span className="visually-hidden">{calls === 1 ? ' call' : ' calls'}</span>
    </span>
  );
}
