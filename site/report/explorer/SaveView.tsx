import { useEffect, useRef, useState } from 'react';
import { keptNow, onOtherTab } from '../kept/kept-now.ts';
import { onReader } from '../kept/on-reader.ts';
import { askViews } from '../saved/ask.ts';
import { VIEWS_CHANGED } from '../saved/own-views.ts';

/** Saves what the address asks for as a view of the reader's own; nothing where the browser keeps nothing. */
export default function SaveView() {
  const [canKeep, setCanKeep] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const list = async () => (await import('../saved/list.ts').catch(() => undefined))?.listOwnViews();
    document.addEventListener(VIEWS_CHANGED, () => void list());
    onOtherTab('view', () => void list());
    return onReader(() => {
      setCanKeep(keptNow() !== undefined);
      if (keptNow()?.all('view').size) void list();
    });
  }, []);
  if (!canKeep) return null;
  return (
    <button
      ref={button}
      type="button"
      className="button"
      onClick={() => button.current && void askViews(button.current)}
    >
      Save view
    </button>
  );
}
