import { edit, type Mutant, mutant } from './mutant.ts';

/** What a build remembers, and what a change feed tells it. */
export const STATE: Mutant[] = [
  mutant(
    'status tells of the last run where another build is current',
    edit('generator/commands/status.ts', '{ ...rest, ...site, ', '{ ...site, ...record, '),
    'generator/commands/verify',
    'status shows the build that is current after a rollback, and says that the last run left another',
  ),
  mutant(
    'events removed before the run that uses them has published',
    edit(
      'generator/build.ts',
      '  const feed = await openFeed(run);',
      '  const feed = await openFeed(run);\n  await feed?.done();',
    ),
    'generator/feed',
    'keeps its events where it publishes nothing because it fails',
  ),
  mutant(
    'change feed taken for the truth over another build',
    edit('generator/build/feed.ts', 'numberOf(current.pointer) !== hint.generation || ', ''),
    'generator/feed',
    'lists everything after a rollback, whether the feed tells of something or not',
  ),
  mutant(
    'day not listed after its end',
    edit('generator/build/feed.ts', 'listed >= last && ', ''),
    'generator/feed',
    'lists everything by itself where its local day is over, after a build that the last run does not know, and where asked to',
  ),
  mutant(
    'ranges that rest on what happened before',
    edit('generator/days/write-ranges.ts', 'count() === 0 || cut(id, count())', 'true'),
    'generator/days/write-ranges',
    'holds the same ranges whatever happened before, and writes only those that changed',
  ),
  mutant(
    'calls in the order of ids, not of keys',
    edit('generator/source/call-order.ts', 'return long.startsWith(short) ?', 'return false ?'),
    'generator/days/compare',
    'finds what a comparison of all objects at once finds, in the order of calls',
  ),
  mutant(
    'lost object of a call that stays not seen',
    edit('generator/days/lost.ts', 'if (order <= 0 && lostParts(', 'if (order < 0 && lostParts('),
    'generator/days/lost',
    'tells whether a call, or one of its objects, is there no more',
  ),
];
