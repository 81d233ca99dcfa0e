import { useCallback, useEffect, useState } from 'react';
import { type ListRequest, readRequest, requestQuery } from './list-request.ts';

type Change = Partial<Pick<ListRequest, 'filter' | 'sorting'>>;

/** What the address asks for, and how to ask for something else: every change can be gone back from. */
export function useAddress(): [ListRequest, (change: Change) => void] {
  const [request, setRequest] = useState(() => readRequest(location.search));
  useEffect(() => {
    const read = () => setRequest(readRequest(location.search));
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }, []);
  const change = useCallback((change: Change) => {
    const now = readRequest(location.search);
    const next = { ...now, ...change };
    const address = `${location.pathname}${requestQuery(next)}`;
    // Nobody goes back through the letters of a word.
    const isTyping = now.filter.text !== undefined && next.filter.text !== now.filter.text;
    if (isTyping) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    setRequest({ ...next, ignored: [] });
  }, []);
  return [request, change];
}
