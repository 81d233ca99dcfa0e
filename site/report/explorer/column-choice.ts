import { useEffect, useState } from 'react';
import { keptNow } from '../kept/kept-now.ts';
import { onReader } from '../kept/on-reader.ts';

/** Columns of which the choice is kept: names of a tenant's own fields are not left in a browser. */
const NAME = 'columns';

/** Which columns are shown, as this reader chose them in this browser before. */
export function useColumnChoice(usual: readonly string[]): [string[], (shown: string[]) => void] {
  const [chosen, setChosen] = useState(keptChoice);
  useEffect(() => onReader(() => setChosen(keptChoice())), []);
  return [
    chosen ?? [...usual],
    (shown) => {
      setChosen(shown);
      keptNow()?.put('choice', NAME, shown.filter((id) => !id.startsWith(OWN)).join(' '));
    },
  ];
}

/** What the id of a column of a tenant's own field begins with. */
export const OWN = 'field ';

const keptChoice = (): string[] | undefined => keptNow()?.get('choice', NAME)?.split(' ');
