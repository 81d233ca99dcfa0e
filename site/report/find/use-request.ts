import { useEffect, useState } from 'react';
import { readSearch, type SearchRequest, searchAddress } from './search-request.ts';

/** What the fragment asks for, and how to ask for something else: every search can be gone back from. */
export function useRequest(): [SearchRequest, (request: Omit<SearchRequest, 'ignored'>) => void] {
  const [request, setRequest] = useState(() => readSearch(location.hash));
  useEffect(() => {
    const read = () => setRequest(readSearch(location.hash));
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  return [
    request,
    (next) => {
      const address = searchAddress(next);
      if (address === location.pathname + location.hash) setRequest({ ...next, ignored: [] });
      else if (new URL(address, location.href).hash === '') {
        history.pushState(null, '', address);
        setRequest({ ...next, ignored: [] });
      } else location.hash = new URL(address, location.href).hash;
    },
  ];
}
