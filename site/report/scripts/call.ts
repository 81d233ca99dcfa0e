// What the page of a call does beyond being read: find in the call, keys, the calls before and after it.
import { openFind } from './find.ts';
import { onKeys } from './keys.ts';
import { showNeighbours } from './neighbours.ts';
import { nextQuote } from './quotes.ts';

const find = openFind();
const steps = showNeighbours();

onKeys({
  f: find,
  j: () => nextQuote(1),
  k: () => nextQuote(-1),
  '[': () => steps('prev'),
  ']': () => steps('next'),
});
