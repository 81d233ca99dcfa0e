import { useEffect, useState } from 'react';
import type { Span } from '#shared/filter/filter.ts';

interface Props {
  name: string;
  span: Span | undefined;
  /** What the fields count in, e.g., 60: minutes of seconds. */
  unit?: number;
  most?: number;
  onChange: (span: Span | undefined) => void;
}

/** Both ends of a span of numbers; what is typed holds when the field is left, or at Enter. */
export default function SpanFields({ name, span, unit = 1, most, onChange }: Props) {
  const own = { least: shown(span?.least, unit), most: shown(span?.most, unit) };
  const [typed, setTyped] = useState(own);
  // biome-ignore lint/correctness/useExhaustiveDependencies: typed over again only where the address says something else
  useEffect(() => setTyped(own), [own.least, own.most]);
  const apply = () => {
    if (typed.least === own.least && typed.most === own.most) return;
    const next: Span = {
      ...(typed.least !== '' && { least: Number(typed.least) * unit }),
      ...(typed.most !== '' && { most: Number(typed.most) * unit }),
    };
    onChange(next.least === undefined && next.most === undefined ? undefined : next);
  };
  const field = (end: 'least' | 'most', label: string) => (
    <input
      type="number"
      min={0}
      max={most}
      step="any"
      aria-label={`${name}, ${label}`}
      placeholder={end === 'least' ? '0' : most === undefined ? 'any' : String(most)}
      value={typed[end]}
      onChange={(event) => setTyped({ ...typed, [end]: event.target.value })}
      onBlur={apply}
      onKeyDown={(event) => event.key === 'Enter' && apply()}
    />
  );
  return (
    <fieldset className="facet span-fields">
      <legend>{name}</legend>
      {field('least', 'at least')} <span>to</span> {field('most', 'at most')}
    </fieldset>
  );
}

const shown = (value: number | undefined, unit: number): string =>
  value === undefined ? '' : String(Math.round((value / unit) * 100) / 100);
