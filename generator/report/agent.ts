import { foldCells } from '../days/fold.ts';
import type { AgentCalls } from './agent-calls.ts';
import { cubesIn } from './counted.ts';
import { totals } from './figures.ts';
import { agentLead } from './lead.ts';
import { dayTotals } from './overview.ts';
import { agentPath } from './paths.ts';
import { agentRef, callLine, type Report } from './report.ts';
import { ruleLines } from './rules.ts';
import type { AgentPage } from './view.ts';

/** Ids of all known agents of all days, sorted. */
export function agentIds(report: Report): string[] {
  const cubes = [...report.days.values(), ...(report.undated ? [report.undated] : [])];
  return [...new Set(cubes.flatMap((cube) => Object.keys(cube.agents)))].filter((id) => id !== '').sort();
}

/** @param calls what is shown of the window's calls of this agent */
export function agentPage(report: Report, id: string, { attention, newest }: AgentCalls): AgentPage {
  const { site, window, columns, config } = report;
  const agent = agentRef(config, id);
  const cubes = cubesIn(report, window);
  const cubesBefore = cubesIn(report, window?.before);
  const own = (each: string) => each === id;
  const inTeam = (each: string) => agent.team !== undefined && agentRef(config, each).team === agent.team;
  const [now, before] = [foldCells(cubes, own), foldCells(cubesBefore, own)];
  const team = agent.team === undefined ? undefined : foldCells(cubes, inTeam);
  const figures = totals(now.counts, columns);
  const figuresBefore = totals(before.counts, columns);
  const teamTotals = team && totals(team.counts, columns);
  const rules = ruleLines(report, now, before, new Map(), team);
  const everyDay = [...report.days.values(), ...(report.undated ? [report.undated] : [])];
  return {
    kind: 'agent',
    path: agentPath(id),
    title: agent.name,
    site,
    agent,
    window,
    lead: window
      ? agentLead(
          site,
          window,
          figures,
          figuresBefore,
          teamTotals && { name: agent.team as string, totals: teamTotals },
          rules,
        )
      : [],
    totals: figures,
    before: figuresBefore,
    team: teamTotals,
    days: dayTotals(report, window, own),
    rules,
    attention: {
      total: attention.total,
      calls: attention.worst.map(({ call, reasons }) => callLine(report, call, reasons)),
    },
    calls: newest.map((call) => callLine(report, call)),
    callCount: foldCells(everyDay, own).counts.calls,
    trust: report.trust,
  };
}
