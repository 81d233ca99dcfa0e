import {
  type AttentionList,
  type AttentionRules,
  addAttention,
  type Judged,
  newestFirst,
  rankAttention,
} from '../calls/attention.ts';
import type { Call } from '../model.ts';

/** What an agent's page shows of single calls. */
export interface AgentCalls<Each extends Judged = Call> {
  attention: AttentionList<Each>;
  newest: Each[];
  /** Rule → the newest calls on which it failed with something to show. */
  failed: { [rule: string]: FailedCalls<Each> };
  best?: Each;
  worst?: Each;
}

interface FailedCalls<Each> {
  calls: Each[];
  /** How many calls on which it failed have been looked at. */
  looked: number;
}

/** What is wanted of an agent's calls. */
export interface WantedCalls<Each extends Judged> {
  /** Rules to work on, of which examples are shown. */
  rules: readonly string[];
  /** What the best and the worst call are told by. */
  by: 'score' | 'sentiment';
  attention: AttentionRules;
  /** Whether a call on which a rule failed has something to show for it. */
  shows: (call: Each, rule: string) => boolean;
  /** Calls that are held of each rule. */
  examples: number;
}

/** Calls that an agent's page lists; a link opens all. */
export const NEWEST_LIMIT = 25;
const ATTENTION_LIMIT = 5;
/** Calls behind each rule to work on. */
export const EXAMPLES = 2;
/** Of so many calls on which a rule failed, the newest, those with a note or a quote are sought. */
export const MOST_LOOKED = 6;

export const noCalls = <Each extends Judged = Call>(): AgentCalls<Each> => ({
  attention: { total: 0, worst: [] },
  newest: [],
  failed: Object.create(null) as AgentCalls<Each>['failed'],
});

/** Add one day's calls of an agent to what is held of them: days come newest first, and no more is held than is shown. */
export function addCalls<Each extends Judged>(
  held: AgentCalls<Each>,
  unsorted: readonly Each[],
  wanted: WantedCalls<Each>,
): void {
  const calls = unsorted.toSorted(newestFirst);
  held.attention = addAttention(held.attention, rankAttention(calls, wanted.attention), ATTENTION_LIMIT);
  held.newest = [...held.newest, ...calls.slice(0, Math.max(0, NEWEST_LIMIT - held.newest.length))];
  for (const rule of wanted.rules) held.failed[rule] = withFailed(held.failed[rule], calls, rule, wanted);
  for (const call of calls) {
    const figure = figureOf(call, wanted.by);
    if (figure === undefined) continue;
    if (!held.best || figure > (figureOf(held.best, wanted.by) as number)) held.best = call;
    if (!held.worst || figure < (figureOf(held.worst, wanted.by) as number)) held.worst = call;
  }
}

function withFailed<Each extends Judged>(
  known: FailedCalls<Each> = { calls: [], looked: 0 },
  calls: readonly Each[],
  rule: string,
  { shows, examples }: WantedCalls<Each>,
): FailedCalls<Each> {
  const next = { calls: [...known.calls], looked: known.looked };
  for (const call of calls) {
    if (next.calls.length >= examples || next.looked >= MOST_LOOKED) break;
    if (call.tooShort || !call.rules.some((each) => each.rule === rule && each.pass === false)) continue;
    next.looked++;
    if (shows(call, rule)) next.calls.push(call);
  }
  return next;
}

const figureOf = (call: Judged, by: 'score' | 'sentiment'): number | undefined =>
  call.tooShort ? undefined : by === 'score' ? call.score : call.sentiment?.score;
