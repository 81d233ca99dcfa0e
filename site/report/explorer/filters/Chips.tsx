import type { SiteData } from '#shared/figures/site-data.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import { partsOf, without } from './filter-words.ts';

interface Props {
  site: SiteData;
  filter: CallFilter;
  onChange: (filter: CallFilter) => void;
}

/** What is asked for, each part with a button that drops it. */
export default function Chips({ site, filter, onChange }: Props) {
  const parts = partsOf(filter, site);
  const hasPicker = site.window !== undefined;
  if (parts.length === 0) return null;
  return (
    <ul className="chips" aria-label="Filters">
      {parts.map(({ part, label, value }) => (
        // The period stands in its picker, with what drops it; paper has no picker.
        <li key={part} className={part === 'period' && hasPicker ? 'chip chip-paper' : 'chip'}>
          <span>
            {label} <b>{value}</b>
          </span>
          {(part !== 'period' || !hasPicker) && (
            <button
              type="button"
              className="drop"
              aria-label={`Remove ${label}: ${value}`}
              onClick={() => onChange(without(filter, part))}
            >
              ×
            </button>
          )}
        </li>
      ))}
      {parts.length > 1 && (
        <li className="chips-clear">
          <button type="button" className="link" onClick={() => onChange({})}>
            clear all
          </button>
        </li>
      )}
    </ul>
  );
}
