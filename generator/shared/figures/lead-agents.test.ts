import { describe, expect, it } from 'vitest';
import { callsHref } from '../filter/filter.ts';
import type { AgentLine, Phrase, SiteView, Totals, Window } from '../view.ts';
import { agentsLead } from './lead-agents.ts';

const site: SiteView = {
  mark: '00000000',
  name: 'Acme',
  locale: 'en-GB',
  timeZone: 'UTC',
  passMark: 70,
  minimumN: 5,
  hasQa: true,
  hasSentiment: false,
  year: '2026',
};
const window: Window = {
  from: '2026-03-08',
  to: '2026-03-14',
  days: 7,
  before: { from: '2026-03-01', to: '2026-03-07' },
};

function totals(passed: number, evaluated: number, calls = evaluated): Totals {
  const none = { inbound: 0, outbound: 0, internal: 0, unknown: 0, notEvaluated: 0, notEvaluatedYet: 0, tooShort: 0 };
  return {
    calls,
    ...none,
    qaEvaluated: evaluated,
    qaPassed: passed,
    ...(evaluated > 0 && { qaPassRate: passed / evaluated }),
  };
}

type Checks = [passed: number, evaluated: number];

const agent = (name: string, now: Checks, before: Checks = [0, 0]): AgentLine => ({
  agent: { id: name.toLowerCase(), name, href: `/agents/${name.toLowerCase()}/` },
  totals: totals(...now),
  before: totals(...before),
  ranked: now[1] >= site.minimumN,
});

const together = (lines: AgentLine[], of: 'totals' | 'before'): Totals =>
  totals(
    lines.reduce((sum, line) => sum + (line[of].qaPassed ?? 0), 0),
    lines.reduce((sum, line) => sum + (line[of].qaEvaluated ?? 0), 0),
  );

const leadOf = (lines: AgentLine[], own: Partial<SiteView> = {}, span = window): Phrase =>
  agentsLead(
    { ...site, ...own },
    span,
    { totals: together(lines, 'totals'), before: together(lines, 'before') },
    lines,
    callsHref,
  );
const text = (phrase: Phrase): string => phrase.map((part) => (typeof part === 'string' ? part : part.text)).join('');

describe('the sentence of the agents page', () => {
  it('names who passed least and most often, and who fell most', () => {
    const lines = [
      agent('Ann', [4, 10], [9, 10]),
      agent('Bob', [8, 10], [8, 10]),
      agent('Cid', [10, 10], [6, 10]),
      agent('Dee', [1, 2], [2, 2]),
    ];
    expect(text(leadOf(lines))).toBe(
      '23 of 32 evaluated calls passed (71.9%), 6.3 points below the 7 days before, 1 – 7 Mar. ' +
        'Of 3 agents with at least 5 evaluated calls, Ann passed least often (40.0%) and Cid most often (100.0%). ' +
        'Ann fell most, 50 points from 90.0%.',
    );
  });

  it('opens the calls of those whom it names', () => {
    const lead = leadOf([agent('Ann', [4, 10], [9, 10]), agent('Bob', [8, 10], [8, 10])]);
    const hrefs = lead.flatMap((part) => (typeof part === 'string' ? [] : (part.href ?? [])));
    expect(hrefs).toContain('/calls/?from=2026-03-08&to=2026-03-14&agent=ann&qa=passed&qa=failed');
    expect(hrefs).toContain('/calls/?from=2026-03-01&to=2026-03-07&agent=ann&qa=passed&qa=failed');
  });

  it('says of nobody that they rose or fell where one of the periods has too few calls', () => {
    const lines = [agent('Ann', [1, 10], [4, 4]), agent('Bob', [9, 10], [1, 4])];
    expect(text(leadOf(lines))).not.toMatch(/fell|rose/);
  });

  it('says who rose most where nobody fell', () => {
    const lines = [agent('Ann', [8, 10], [4, 10]), agent('Bob', [9, 10], [9, 10])];
    expect(text(leadOf(lines))).toMatch(/Ann rose most, 40 points from 40\.0%\.$/);
  });

  it('names all who have the same share, three of many', () => {
    const [a, b] = [agent('Ann', [1, 10]), agent('Bob', [2, 20])];
    expect(text(leadOf([a, b, agent('Cid', [10, 10])]))).toContain(
      'Of 3 agents, Ann and Bob passed least often (10.0%) and Cid most often (100.0%).',
    );
    const many = ['Abe', 'Bea', 'Cem', 'Dan', 'Eva'].map((name) => agent(name, [5, 10]));
    expect(text(leadOf([...many, agent('Zoe', [9, 10])]))).toContain('Abe, Bea, Cem and 2 others passed least often');
    expect(text(leadOf([a, b]))).toContain('Of 2 agents, all passed equally often.');
  });

  it('gives counts and ranks nobody below minimum n', () => {
    expect(text(leadOf([agent('Ann', [1, 2]), agent('Bob', [1, 1])]))).toBe(
      '2 of 3 evaluated calls passed. No agent has at least 5 evaluated calls, so nobody is ranked.',
    );
    expect(text(leadOf([agent('Ann', [1, 2]), agent('Bob', [5, 5])]))).toContain(
      'Only Bob has at least 5 evaluated calls.',
    );
  });

  it('compares calls as counts where nothing is evaluated', () => {
    const line = (name: string, now: number, before: number): AgentLine => ({
      ...agent(name, [0, 0]),
      totals: totals(0, 0, now),
      before: totals(0, 0, before),
    });
    const lines = [line('Ann', 7, 4), line('Bob', 5, 5)];
    const all = { totals: totals(0, 0, 12), before: totals(0, 0, 9) };
    expect(text(agentsLead({ ...site, hasQa: false }, window, all, lines, callsHref))).toBe(
      '12 calls of 2 agents, up from 9 in the 7 days before, 1 – 7 Mar.',
    );
    const alone = { from: window.from, to: window.to, days: 7 };
    expect(text(agentsLead(site, alone, all, lines, callsHref))).toBe('12 calls of 2 agents.');
  });

  it('says that the calls of unknown agents are among those that it counts', () => {
    const named = { ...agent('Ann', [0, 0]), totals: totals(0, 0, 7) };
    const unknown = { ...named, agent: { id: null, name: 'Unknown agent' }, totals: totals(0, 0, 5) };
    const all = { totals: totals(0, 0, 12), before: totals(0, 0) };
    const alone = { from: window.from, to: window.to, days: 7 };
    expect(text(agentsLead(site, alone, all, [named, unknown], callsHref))).toBe(
      '12 calls of 1 agent and of unknown agents.',
    );
  });
});
