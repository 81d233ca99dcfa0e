import { createContext, useContext } from 'react';
import { type CallFilter, callsHref } from '#shared/filter/filter.ts';

/** The calls that all figures of a page are of, such as a team's; their links name them too. */
export const Scope = createContext<CallFilter>({});

export const useScope = (): CallFilter => useContext(Scope);

/** Makes the link to the calls of a figure. */
export function useCallsHref(): (filter: CallFilter) => string {
  const scope = useScope();
  return (filter) => callsHref({ ...scope, ...filter });
}
