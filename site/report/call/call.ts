// What the page of a call does beyond being read: find in the call, keys, the calls before and after it.

import { onKeys } from '../browser/keys.ts';
import { openFind } from './find-in-call.ts';
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
