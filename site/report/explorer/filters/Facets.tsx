import { useId, useState } from 'react';
import type { Facet } from '#shared/filter/facets.ts';
import type { IconName } from '#shared/format/attention-reason.ts';
import { count } from '#shared/format/format.ts';
import Icon from '../../components/ui/Icon.tsx';

/** Values that are listed before somebody asks for all. */
const FEW = 7;
/** From so many values on they can be searched. */
const MANY = 20;

export interface FacetValue {
  value: string;
  name: string;
  calls: number;
  shape?: IconName;
}

interface Props {
  facet: Facet;
  name: string;
  /** All values that there are, in the order in which they are listed. */
  values: readonly FacetValue[];
  ticked: readonly string[];
  onToggle: (value: string) => void;
  locale: string;
}

/** The values of one facet, each with the calls that it would give. */
export default function FacetGroup({ facet, name, values, ticked, onToggle, locale }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const id = useId();
  const found = values.filter((each) => each.name.toLowerCase().includes(search.trim().toLowerCase()));
  const listed = isOpen ? found : found.filter(({ value }, i) => i < FEW || ticked.includes(value));
  return (
    <fieldset className="facet" data-facet={facet}>
      <legend>{name}</legend>
      {isOpen && values.length >= MANY && (
        <input
          type="search"
          aria-label={`Find in ${name}`}
          placeholder="Find"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      <ul id={id}>
        {listed.map(({ value, name: label, calls, shape }) => (
          <li key={value}>
            <label className={calls === 0 ? 'none' : undefined}>
              <input type="checkbox" checked={ticked.includes(value)} onChange={() => onToggle(value)} />
              <span className="facet-name">
                {shape && (
                  <>
                    <Icon name={shape} />{' '}
                  </>
                )}
                {label}
              </span>{' '}
              <span className="facet-n">{count(calls, locale)}</span>
            </label>
          </li>
        ))}
      </ul>
      {values.length > FEW && (
        <button
          type="button"
          className="link"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Show fewer' : `Show all ${count(values.length, locale)}`}
          <span className="visually-hidden"> of {name}</span>
        </button>
      )}
    </fieldset>
  );
}
