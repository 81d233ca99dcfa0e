import type { Range } from '../calendar/range.ts';
import { type AttentionRules, type Judged, reasonsOf } from '../calls/attention.ts';
import type { Cell } from '../counts/cube.ts';
import { emptyCell } from '../counts/fold.ts';
import { type CallFilter, callsHref } from '../filter/filter.ts';
import { failedOf } from '../format/rate.ts';
import type { AgentPage, CallLine, Reason, RuleExample, RuleLine, Totals } from '../view.ts';
import type { AgentCalls } from './agent-calls.ts';
import { agentWeeks, weeksTo } from './agent-weeks.ts';
import { agentOf, callsOf, type Dataset } from './dataset.ts';
import { agentLead } from './lead.ts';
import { ruleLines } from './rules.ts';
import { teamSums } from './team-sums.ts';
import { totals } from './totals.ts';

/** What an agent's page shows of single calls, as it shows it. */
export interface AgentShown extends Pick<AgentPage, 'attention' | 'calls'> {
  best?: CallLine;
  worst?: CallLine;
  /** Rule → what was noted and said on calls that failed it. */
  examples: ReadonlyMap<string, RuleExample[]>;
}

/** How a call is put into a line of a list, and into an example of a rule that failed. */
export interface AgentLines<Each> {
  line: (call: Each, reasons?: Reason[]) => CallLine;
  example: (call: Each, rule: string) => RuleExample;
}

/** Calls that are held of an agent, as the page shows them. */
export function shownOf<Each extends Judged>(
  { attention, newest, failed, best, worst }: AgentCalls<Each>,
  { line, example }: AgentLines<Each>,
  rules: AttentionRules,
): AgentShown {
  const judged = (call: Each) => line(call, reasonsOf(call, rules));
  return {
    attention: { total: attention.total, calls: attention.worst.map(({ call, reasons }) => line(call, reasons)) },
    calls: newest.map((call) => line(call)),
    ...(best && worst && best !== worst && { best: judged(best), worst: judged(worst) }),
    examples: new Map(
      Object.entries(failed).map(([rule, { calls }]) => [rule, calls.map((call) => example(call, rule))]),
    ),
  };
}

/** What an agent did in a span. */
const ownIn = ({ sums }: Dataset, id: string, span: Range | undefined): Cell =>
  sums.agents(span).get(id) ?? emptyCell();

/** Rules that an agent's page tells to work on. */
const WORK_ON_LIMIT = 3;

/** The agent's rules of the window, weakest first, against the own past and the team. */
function rulesOf(dataset: Dataset, id: string, team?: Cell): RuleLine[] {
  const { window } = dataset;
  return ruleLines(dataset, ownIn(dataset, id, window), ownIn(dataset, id, window?.before), undefined, team);
}

/** The rules with what came of each by week of the period. */
function withWeeks(dataset: Dataset, id: string, rules: readonly RuleLine[]): RuleLine[] {
  const { window, first } = dataset;
  if (!window || first === undefined) return [...rules];
  const [, start = first] = [window.from, first].sort();
  const weekly = weeksTo(window.to, start, Number.POSITIVE_INFINITY).map((span) => ({
    span,
    counts: ownIn(dataset, id, span).rules,
  }));
  return rules.map((rule) => ({
    ...rule,
    byWeek: weekly.map(({ span, counts }) => ({ ...span, ...(counts[rule.id] ?? { evaluated: 0, passed: 0 }) })),
  }));
}

/** The weakest rules of those that were checked often enough to say so. */
export const weakest = (rules: readonly RuleLine[], minimumN: number): RuleLine[] =>
  rules.filter((rule) => rule.evaluated >= minimumN && failedOf(rule) > 0).slice(0, WORK_ON_LIMIT);

/** Rules that an agent's page tells to work on: examples are wanted of each. */
export const rulesToWorkOn = (dataset: Dataset, id: string): string[] =>
  weakest(rulesOf(dataset, id), dataset.site.minimumN).map((rule) => rule.id);

/** What the best and the worst call of an agent are told by. */
export const toldBy = ({ site }: Dataset): 'score' | 'sentiment' => (site.hasQa ? 'score' : 'sentiment');

/** What is counted of an agent's calls: all of the page that is not of single ones. */
export type AgentCounted = Pick<AgentPage, 'agent' | 'window' | 'totals' | 'before' | 'team' | 'weeks' | 'rules'>;

/**
 * What an agent's calls of the window come to, beside the own past and the team.
 * @param teams the same for all agents
 */
export function countedOf(dataset: Dataset, id: string, teams = teamSums(dataset)): AgentCounted {
  const { window, columns } = dataset;
  const agent = agentOf(dataset, id);
  const [now, before] = [ownIn(dataset, id, window), ownIn(dataset, id, window?.before)];
  const teamIn = teams(agent.team);
  const team = teamIn(window);
  const isAlone = team.counts.calls === now.counts.calls;
  return {
    agent,
    window,
    totals: totals(now.counts, columns),
    before: totals(before.counts, columns),
    team: isAlone ? undefined : totals(team.counts, columns),
    weeks: agentWeeks(dataset, id, isAlone ? undefined : teamIn),
    rules: withWeeks(dataset, id, rulesOf(dataset, id, isAlone ? undefined : team)),
  };
}

/**
 * @param shown of the window's calls of this agent
 * @param callCount the agent's calls of any day
 * @param teams the same for all pages
 */
export function agentPage(
  dataset: Dataset,
  id: string,
  shown: AgentShown,
  callCount: number,
  teams?: ReturnType<typeof teamSums>,
): AgentPage {
  const { site, window } = dataset;
  const counted = countedOf(dataset, id, teams);
  const { agent, rules } = counted;
  const named =
    agent.team !== undefined && counted.team
      ? {
          name: agent.team,
          totals: counted.team,
          href: (filter: CallFilter) => callsHref({ ...filter, team: [agent.team as string] }),
        }
      : undefined;
  const links = (filter: CallFilter) => callsHref({ ...filter, ...callsOf(agent) });
  return {
    kind: 'agent',
    path: agent.href ?? '',
    title: agent.members === undefined ? agent.name : `Team ${agent.name}`,
    site,
    ...counted,
    ...(agent.members === undefined && hasSeveral(dataset) && { isComparable: true as const }),
    teamHref: dataset.teams.find(({ name }) => name === agent.team)?.href,
    lead: window ? agentLead(site, window, counted.totals, counted.before, named, rules, links) : [],
    workOn: weakest(rules, site.minimumN).map((rule) => ({ rule, examples: shown.examples.get(rule.id) ?? [] })),
    bestAndWorst: bestAndWorst(dataset, counted.totals, shown),
    attention: shown.attention,
    calls: shown.calls,
    callCount,
    trust: dataset.trust,
  };
}

/** Whether there are two agents with a page, who can be compared. */
export const hasSeveral = ({ agents }: Pick<Dataset, 'agents'>): boolean => Object.keys(agents).length > 1;

function bestAndWorst({ site }: Dataset, figures: Totals, { best, worst }: AgentShown): AgentPage['bestAndWorst'] {
  const n = (site.hasQa ? figures.qaEvaluated : figures.sentimentAnalysed) ?? 0;
  return best && worst && n >= site.minimumN ? { best, worst } : undefined;
}
