// What the page of a call does beyond being read: find in the call, keys, the calls before and after it.

import { onKeys } from '../browser/keys.ts';
import { NO_LIST } from '../browser/period-links.ts';
import { inWords } from '../browser/reader-error.ts';
import { cachedFetch } from '../data/fetch-cache.ts';
import { openFind } from './find-in-call.ts';
import { handOver } from './hand-over.ts';
import { listening } from './listen/listen.ts';
import { type Step, showCaller, showNeighbours } from './neighbours.ts';
import { nextQuote } from './quotes.ts';

const find = openFind();
const read = cachedFetch();
let step: Step = () => undefined;

/** Through the list that the call was opened from, where its address says so. */
async function openList(): Promise<Step | undefined> {
  const query = new URLSearchParams(location.search);
  // "o" is the mark of a digest's links.
  if (query.has(NO_LIST) || [...query.keys()].every((key) => key === 'o')) return undefined;
  try {
    return await (await import('./list/show-list.ts')).showList(read);
  } catch (error) {
    document.querySelector('.steps')?.prepend(inWords(error, 'The list of this call could not be loaded'));
    return undefined;
  }
}

handOver();
showCaller(read);
void openList().then((steps) => {
  step = steps ?? showNeighbours(read);
});

const PREVIOUS = 'Previous call: of the list, else of this agent';
const NEXT = 'Next call: of the list, else of this agent';
onKeys({
  f: ['Find in this call', find],
  j: ['Next quote', () => nextQuote(1)],
  k: ['Previous quote', () => nextQuote(-1)],
  '[': [PREVIOUS, () => step('prev')],
  p: [PREVIOUS, () => step('prev')],
  ']': [NEXT, () => step('next')],
  n: [NEXT, () => step('next')],
  ...listening(),
});
