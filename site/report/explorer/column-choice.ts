import { useState } from 'react';

/** Columns of which the choice is remembered: names of a tenant's own fields are not left in a browser. */
const KEY = 'calls-columns';

/** Which columns are shown, as somebody chose them here before. */
export function useColumnChoice(
  usual: readonly string[],
  all: readonly string[],
): [string[], (shown: string[]) => void] {
  const [shown, setShown] = useState(() => remembered(all) ?? [...usual]);
  return [
    shown,
    (chosen) => {
      setShown(chosen);
      remember(chosen.filter((id) => !id.startsWith(OWN)));
    },
  ];
}

/** What the id of a column of a tenant's own field begins with. */
export const OWN = 'field ';

function remembered(all: readonly string[]): string[] | undefined {
  try {
    const known: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    return Array.isArray(known) ? all.filter((id) => known.includes(id)) : undefined;
  } catch {
    return undefined;
  }
}

function remember(shown: readonly string[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(shown));
  } catch {
    // A browser that keeps nothing: the choice holds until the page is left.
  }
}
