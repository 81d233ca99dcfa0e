import type { CallColumn } from './columns.tsx';

interface Props {
  columns: readonly CallColumn[];
  shown: readonly string[];
  onChange: (shown: string[]) => void;
}

/** Which columns are shown. The first one opens the call, and stays. */
export default function ColumnMenu({ columns, shown, onChange }: Props) {
  const visible = columns.filter(({ id }) => shown.includes(id)).length;
  return (
    <details
      className="column-menu"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.currentTarget.open = false;
        event.currentTarget.querySelector('summary')?.focus();
      }}
    >
      <summary className="button">
        Columns{' '}
        <span className="quiet">
          {visible} of {columns.length}
        </span>
      </summary>
      <fieldset>
        <legend className="visually-hidden">Columns that are shown</legend>
        {columns.map(({ id, name }, i) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={shown.includes(id)}
              disabled={i === 0}
              onChange={() => onChange(shown.includes(id) ? shown.filter((each) => each !== id) : [...shown, id])}
            />{' '}
            {name}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
