import { NOTABLE_POINTS, pointsBetween, pointsInWords } from '../format/change.ts';
import { andList } from '../format/english.ts';
import { count, share } from '../format/format.ts';
import { isEnough } from '../format/rate.ts';
import type { AgentLine, AgentsPage, Phrase, SiteView, Totals, Window } from '../view.ts';
import { comparedWith, periodPassed } from './lead.ts';
import type { FigureLinks } from './lead-parts.ts';

/** Agents who are named where several have the same share. */
const NAMED = 3;

/**
 * The sentence of the agents page: what passed in all, who passed least and most often, and who moved most. Only agents with enough evaluated calls are
 * named; who moved has enough on both sides.
 * @param agents of the period
 */
export function agentsLead(
  site: SiteView,
  window: Window,
  { totals, before }: AgentsPage['everyone'],
  agents: readonly AgentLine[],
  links: FigureLinks,
): Phrase {
  const known = agents.filter(({ agent }) => agent.id !== null).length;
  if (totals.calls === 0 || known === 0) return [];
  if (!totals.qaEvaluated) return volumeOf(site, window, totals, before, whoseOf(known, agents, site.locale), links);
  return [
    ...periodPassed(site, window, totals, before, links),
    ...(known > 1 ? [...between(site, window, agents, known, links), ...mover(site, window, agents, links)] : []),
  ];
}

/** "12 agents"; the calls of an unknown one are counted with theirs, and it says so. */
function whoseOf(known: number, agents: readonly AgentLine[], locale: string): string {
  const unknown = agents.length > known ? ' and of unknown agents' : '';
  return `${count(known, locale)} ${known === 1 ? 'agent' : 'agents'}${unknown}`;
}

/** "412 calls of 12 agents, up from 380 in the 28 days before, 1 – 28 Oct." @param whose "12 agents" */
function volumeOf(
  site: SiteView,
  window: Window,
  { calls }: Totals,
  before: Totals,
  whose: string,
  links: FigureLinks,
): Phrase {
  const past = comparedWith(window, site);
  const number = (n: number) => count(n, site.locale);
  const own = { from: window.from, to: window.to };
  const all = { text: number(calls), strong: true as const, href: links(own) };
  const start = [all, ` ${calls === 1 ? 'call' : 'calls'} of ${whose}`];
  if (!past || window.perDay || before.calls === 0) return [...start, '.'];
  if (calls === before.calls) return [...start, `, as many as in ${past.words}.`];
  const was = { text: number(before.calls), href: links({ from: past.from, to: past.to }) };
  return [...start, `, ${calls > before.calls ? 'up' : 'down'} from `, was, ` in ${past.words}.`];
}

/** " Of 11 agents with at least 5 evaluated calls, Ann Lee passed least often (60.3%) and Ben Okafor most often (95.0%)." */
function between(
  site: SiteView,
  { from, to }: Window,
  agents: readonly AgentLine[],
  known: number,
  links: FigureLinks,
): Phrase {
  const { locale, minimumN } = site;
  const ranked = agents.filter((line) => line.ranked && line.totals.qaPassRate !== undefined);
  const [first] = ranked;
  const enough = `at least ${count(minimumN, locale)} evaluated ${minimumN === 1 ? 'call' : 'calls'}`;
  if (!first) return [` No agent has ${enough}, so nobody is ranked.`];
  if (ranked.length === 1) return [` Only ${first.agent.name} has ${enough}.`];
  const extreme = (way: 1 | -1) => {
    const [most = first] = ranked.toSorted((a, b) => way * (rateOf(a) - rateOf(b)));
    return ranked.filter((line) => isAlike(line, most));
  };
  const named = (lines: readonly AgentLine[], words: string): Phrase => [
    { text: namesOf(lines, locale), strong: true },
    ` ${words} (`,
    {
      text: share(rateOf(lines[0] as AgentLine), locale),
      strong: true,
      href: links({ from, to, agent: lines.flatMap(({ agent }) => agent.id ?? []), qa: ['passed', 'failed'] }),
    },
    ')',
  ];
  const [least, most] = [extreme(1), extreme(-1)];
  const of = ranked.length === known ? `Of ${count(known, locale)} agents` : '';
  const start = of || `Of ${count(ranked.length, locale)} agents with ${enough}`;
  if (least.length === ranked.length) return [` ${start}, all passed equally often.`];
  return [` ${start}, `, ...named(least, 'passed least often'), ' and ', ...named(most, 'most often'), '.'];
}

/** " Ann Lee fell most, 18 points from 88.0%." Whoever rose most where nobody fell notably; nobody where nobody moved so. */
function mover(site: SiteView, { before: past }: Window, agents: readonly AgentLine[], links: FigureLinks): Phrase {
  if (!past) return [];
  const moved = agents
    .filter((line) => line.ranked && isEnough(site.minimumN, line.before.qaEvaluated))
    .map((line) => ({ line, points: pointsBetween(rateOf(line), line.before.qaPassRate ?? 0) }))
    .filter(({ points }) => Math.abs(points) >= NOTABLE_POINTS)
    .sort((a, b) => a.points - b.points);
  const [fallen, risen] = [moved[0], moved.at(-1)];
  const most = fallen && fallen.points < 0 ? fallen : risen;
  if (!most) return [];
  const { agent, before } = most.line;
  return [
    ' ',
    { text: agent.name, strong: true },
    ` ${most.points < 0 ? 'fell' : 'rose'} most, ${pointsInWords(most.points, site.locale)} from `,
    {
      text: share(before.qaPassRate ?? 0, site.locale),
      href: links({
        from: past.from,
        to: past.to,
        agent: agent.id === null ? [] : [agent.id],
        qa: ['passed', 'failed'],
      }),
    },
    '.',
  ];
}

const rateOf = ({ totals }: AgentLine): number => totals.qaPassRate ?? 0;

/** Whether two have exactly the same share, not one that looks the same when it is rounded. */
function isAlike({ totals: a }: AgentLine, { totals: b }: AgentLine): boolean {
  return (a.qaPassed ?? 0) * (b.qaEvaluated ?? 0) === (b.qaPassed ?? 0) * (a.qaEvaluated ?? 0);
}

function namesOf(lines: readonly AgentLine[], locale: string): string {
  const names = lines.slice(0, NAMED).map(({ agent }) => agent.name);
  const others = lines.length - names.length;
  if (others === 0) return andList(names, locale);
  return `${names.join(', ')} and ${count(others, locale)} ${others === 1 ? 'other' : 'others'}`;
}
