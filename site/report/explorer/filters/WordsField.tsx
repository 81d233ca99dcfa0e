import { useEffect, useRef, useState } from 'react';

/** Milliseconds after the last key before calls are looked for. */
const PAUSE = 350;

/** What is looked for in summary, topic, number and id. */
export default function WordsField({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const apply = (value: string) => {
    clearTimeout(timer.current);
    if (value.trim() !== text) onChange(value.trim());
  };
  return (
    <label className="words-field">
      <span>Words in summary, topic, number or id</span>
      <input
        type="search"
        value={typed}
        onChange={(event) => {
          const { value } = event.target;
          setTyped(value);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => apply(value), PAUSE);
        }}
        onKeyDown={(event) => event.key === 'Enter' && apply(typed)}
      />
    </label>
  );
}
