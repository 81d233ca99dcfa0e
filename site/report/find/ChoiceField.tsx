interface Props {
  name: string;
  /** "" where nothing is chosen. */
  value: string;
  values: readonly (readonly [value: string, name: string])[];
  /** What it says where nothing is chosen. */
  any: string;
  onChoose: (value: string) => void;
}

/** One of several values, or any. */
export default function ChoiceField({ name, value, values, any, onChoose }: Props) {
  return (
    <label className="find-choice">
      <span>{name}</span>
      <select value={value} onChange={(event) => onChoose(event.target.value)}>
        <option value="">{any}</option>
        {values.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
