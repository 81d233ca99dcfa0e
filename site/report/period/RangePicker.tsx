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
          <Presets presets={presetsOf(calendar)} range={range} onChoose={choose} locale={locale} />
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

interface PresetsProps {
  presets: Preset[];
  range: Range;
  onChoose: (range: Range) => void;
  locale: string;
}

function Presets({ presets, range, onChoose, locale }: PresetsProps) {
  const chosen = presets.findIndex((preset) => isSame(preset, range));
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
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
          <span>{preset.name}</span>{' '}
          <span className="quiet">
            {count(preset.calls, locale)}
            <span className="visually-hidden">{preset.calls === 1 ? ' call' : ' calls'}</span>
          </span>
        </button>
      ))}
      <p className="note" aria-hidden="true">
        Right: calls in each period
      </p>
    </fieldset>
  );
}
