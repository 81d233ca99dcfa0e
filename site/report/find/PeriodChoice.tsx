import { useState } from 'react';
import { boundsOf, type Calendar, isSame, presetsOf, type Range } from '#shared/calendar/range.ts';
import type { SiteData } from '#shared/figures/site-data.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import { span } from '#shared/format/format.ts';
import ChoiceField from './ChoiceField.tsx';

interface Props {
  site: SiteData;
  window: Range;
  filter: Pick<CallFilter, 'from' | 'to'>;
  onChoose: (range: { from?: string; to?: string }) => void;
}

const OWN = 'own';

/** The days that calls are looked for in: one choice where they have a name, else two dates. */
export default function PeriodChoice({ site, window, filter, onChoose }: Props) {
  const calendar: Calendar = { days: site.days, window, weekStart: site.site.weekStart ?? 1 };
  const presets = presetsOf(calendar);
  const bounds = boundsOf(calendar) ?? window;
  const isChosen = filter.from !== undefined || filter.to !== undefined;
  const range = { from: filter.from ?? bounds.from, to: filter.to ?? bounds.to };
  const named = isChosen ? presets.findIndex((preset) => isSame(preset, range)) : -1;
  const [isOwn, own] = useState(false);
  const showsDays = isOwn || (isChosen && named < 0);
  return (
    <>
      <ChoiceField
        name="Period"
        value={showsDays ? OWN : isChosen ? String(named) : ''}
        values={[
          ...presets.map(({ name, from, to }, i): [string, string] => [
            String(i),
            `${name}: ${span(from, to, site.site.locale, false)}`,
          ]),
          [OWN, 'Days of your choice'],
        ]}
        any="Any day"
        onChoose={(value) => {
          own(value === OWN);
          const preset = presets[Number(value)];
          if (value === '') onChoose({});
          else if (value !== OWN && preset) onChoose({ from: preset.from, to: preset.to });
        }}
      />
      {showsDays &&
        (['from', 'to'] as const).map((end) => (
          <label key={end} className="find-choice">
            <span>{end === 'from' ? 'From' : 'To'}</span>
            <input
              type="date"
              min={bounds.from}
              max={bounds.to}
              value={filter[end] ?? ''}
              onChange={({ target: { value } }) => {
                const { [end]: _before, ...other } = filter;
                onChoose({ ...other, ...(value !== '' && { [end]: value }) });
              }}
            />
          </label>
        ))}
    </>
  );
}
