import { edit, type Mutant, mutant } from './mutant.ts';

/** What a build remembers, and what a change feed tells it. */
export const STATE: Mutant[] = [
  mutant(
    'page made again of a call that is not as it was counted',
    edit('generator/build/site.ts', 'if (moved > 0)', 'if (moved < 0)'),
    'generator/moved',
    'leaves the old site, and says why, where calls change all the while',
  ),
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
      '    const result = (feed?.hint && (await rest(run, feed.hint))) ?? (await lookAndMake(run, feed?.hint));',
      '    await feed?.done();\n    const result = (feed?.hint && (await rest(run, feed.hint))) ?? (await lookAndMake(run, feed?.hint));',
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
    'message of a queue removed though it names an organization that the run does not build',
    edit('generator/source/feed/received.ts', 'isShared: waiting.size < named.size', 'isShared: false'),
    'generator/source/feed/queue-feed',
    'gives messages of organizations that it does not build back at once',
  ),
  mutant(
    'message of a queue removed when the first of its organizations has used it',
    edit('generator/source/feed/received.ts', 'waiting.size === 0 && ', 'waiting.size < 2 && '),
    'generator/source/feed/queue-feed',
    'gives messages of organizations that it does not build back at once',
  ),
  mutant(
    'message that is not understood taken for one that names nothing',
    edit('generator/source/feed/queue-feed.ts', '!why && problems.length === 0', '!why'),
    'generator/source/feed/queue-feed',
    'leaves everything to a listing where a message is not understood, which stays out of the way for hours',
  ),
  mutant(
    'ranges that rest on what happened before',
    edit('generator/days/write-ranges.ts', 'count() === 0 || cut(id, count())', 'true'),
    'generator/days/write-ranges',
    'holds the same ranges whatever happened before, and writes only those that changed',
  ),
  mutant(
    'days of a lost month not counted again',
    edit('generator/days/update.ts', '(day) => !months.has(monthOfDay(day))', '() => false'),
    'generator/build',
    'heals by itself: parties',
  ),
  mutant(
    'counts and parties of a day that is gone kept',
    edit('generator/days/months.ts', 'else lines.delete(day)', 'else lines.get(day)'),
    'generator/days/months',
    'holds what all days come to, whatever happened before, and writes only months with a change',
  ),
  mutant(
    'pages of an agent’s calls not made again where the agent is spelt another way',
    edit('generator/render/changed-context.ts', "agents.has(call.agent ?? '') || ", ''),
    'generator/render/changed-context',
    'reads the calls of an agent again who is now spelt another way, and all calls where sentiment comes for the first time',
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
