import { edit, type Mutant, mutant } from './mutant.ts';

/** What calls are found by. */
export const SEARCH: Mutant[] = [
  mutant(
    'words of a call kept after it has become another',
    edit('generator/days/search/day-block.ts', 'fresh.has(id) ? -1 : (places.get(id) ?? -1)', 'places.get(id) ?? -1'),
    'generator/days/search/day-block',
    'is what a day makes that was read at once, whatever came, changed, moved and went before',
  ),
  mutant(
    'calls of several days with the places that they have in their own',
    edit('generator/report/search/merged.ts', 'places.push(from + place)', 'places.push(place)'),
    'generator/days/search/day-block',
    'makes one of several days without a look at their words',
  ),
  mutant(
    'damaged words of a day used again',
    edit('generator/previous-build.ts', '[state.days[day], state.terms[day]].every', '[state.days[day]].every'),
    'generator/build',
    'has calls read again of that day alone whose words are lost',
  ),
  mutant(
    'words of search files not looked at where a call is erased',
    edit('generator/erase/unpack.ts', 'if (!isBlock(bytes)) return undefined;', 'if (bytes) return undefined;'),
    'generator/erase/unpack',
    'reads the words of a search file whole, though each lies there only as far as it is another than the one before',
  ),
];
