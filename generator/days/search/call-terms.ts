import { insightText } from '#shared/calls/dimensions.ts';
import { isCounted, qaResultOf } from '#shared/calls/filterable.ts';
import type { Call, Utterance } from '#shared/model.ts';
import { filterTerm, wordsOf } from '#shared/search/terms.ts';

/** What a call is found by: the words that were said in it, as its page shows them, and what calls are filtered by. Each once, in any order. */
export function termsOf(call: Call, turns: readonly Utterance[]): Set<string> {
  const terms = new Set(wordsOf(turns.map(({ text }) => text).join('\n')));
  terms.add(filterTerm('transcript', turns.length > 0 ? 'present' : 'absent'));
  terms.add(filterTerm('agent', call.agent ?? ''));
  terms.add(filterTerm('qa', qaResultOf(call)));
  const topic = insightText(call.insights, 'topic');
  if (topic !== undefined) terms.add(filterTerm('topic', topic));
  if (isCounted(call))
    for (const { rule, pass } of call.rules)
      if (pass !== undefined) terms.add(filterTerm(pass ? 'passed' : 'failed', rule));
  return terms;
}

/** Terms as they wait in the spool: no term has a line break. */
export const joinTerms = (terms: Iterable<string>): string => [...terms].join('\n');
export const splitTerms = (text: string): string[] => text.split('\n');
