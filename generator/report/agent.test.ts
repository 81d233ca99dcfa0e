import domino from '@mixmark-io/domino';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AgentCalls, NEWEST_LIMIT, noCalls } from '#shared/figures/agent-calls.ts';
import { readFilter } from '#shared/filter/filter.ts';
import { type FilterableCall, matches } from '#shared/filter/match.ts';
import type { Call, SentimentLabel } from '#shared/model.ts';
import type { AgentPage } from '#shared/view.ts';
import { emptyState } from '../days/state.ts';
import { countedOf } from '../fixtures/counted.ts';
import { openRenderer, type Renderer } from '../render/renderer.ts';
import { tenantConfig } from '../tenants/config.ts';
import { agentPage, wantedOf } from './agent.ts';
import { addDay } from './agent-calls.ts';
import { type Report, reportOf } from './report.ts';

const ANN = 'ann@agents.example';
const RULES = ['says hello', 'asks first', 'confirms', 'says goodbye'];
const config = tenantConfig(
  {
    name: 'Parcels',
    timeZone: 'UTC',
    agentDomains: ['agents.example'],
    agents: { [ANN]: { name: 'Ann', team: 'North' }, 'ben@agents.example': { name: 'Ben', team: 'North' } },
    criticalRules: ['confirms'],
    shortestCallSeconds: 20,
  },
  undefined,
  false,
);

/** Calls of three agents and of nobody, over 70 days, with everything that a call may lack. */
const calls = fc
  .sample(
    fc.record({
      ago: fc.integer({ min: 0, max: 69 }),
      agent: fc.constantFrom(ANN, ANN, 'ben@agents.example', 'cat@agents.example', null),
      seconds: fc.option(fc.integer({ min: 5, max: 900 }), { nil: undefined }),
      qa: fc.constantFrom('evaluated', 'evaluated', 'evaluated', 'not evaluated', 'not evaluated yet'),
      score: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined, freq: 9 }),
      label: fc.option(fc.constantFrom<SentimentLabel>('positive', 'neutral', 'negative', 'mixed'), { nil: undefined }),
      passes: fc.array(fc.option(fc.boolean(), { nil: undefined }), { minLength: 4, maxLength: 4 }),
    }),
    { numRuns: 600, seed: 7 },
  )
  .map(({ ago, agent, seconds, qa, score, label, passes }, i): Call => {
    const day = new Date(Date.UTC(2026, 2, 31 - ago)).toISOString().slice(0, 10);
    const evaluated = qa === 'evaluated';
    return {
      id: `c${i}`,
      day,
      started: `${day}T${String(8 + (i % 10)).padStart(2, '0')}:00:00.000Z`,
      processed: '2026-04-02T00:00:00Z',
      durationSeconds: seconds,
      ...(seconds !== undefined && seconds < 20 && { tooShort: true as const }),
      direction: 'inbound',
      agent,
      qa: qa as Call['qa'],
      ...(evaluated && score !== undefined && { score, grade: 'B', passed: score >= 70 }),
      ...(label && { sentiment: { label, score: (i % 21) / 10 - 1 } }),
      rules: evaluated
        ? RULES.map((rule, at) => ({
            rule,
            name: rule,
            pass: passes[at],
            coachNote: i % 3 === 0 ? `Note ${i}` : undefined,
            evidence: i % 2 === 0 ? `so they said ${i}` : undefined,
          }))
        : [],
      insights: [],
      metadata: [],
      transcript: 'absent',
    };
  });

const shown = (call: Call): FilterableCall => ({
  day: call.day,
  agent: call.agent ?? '',
  team: call.agent === null ? undefined : config.agents[call.agent]?.team,
  direction: call.direction,
  durationSeconds: call.durationSeconds,
  label: call.sentiment?.label,
  sentiment: call.sentiment?.score,
  qa: call.tooShort
    ? 'too-short'
    : call.qa === 'not evaluated'
      ? 'not-evaluated'
      : call.qa === 'not evaluated yet'
        ? 'not-evaluated-yet'
        : call.passed === undefined
          ? 'unscored'
          : call.passed
            ? 'passed'
            : 'failed',
  score: call.score,
  grade: call.grade,
  failed: call.rules.filter(({ pass }) => pass === false).map(({ rule }) => rule),
  passed: call.rules.filter(({ pass }) => pass).map(({ rule }) => rule),
  criticalFailed: call.rules.some(({ rule, pass }) => rule === 'confirms' && pass === false),
});

let renderer: Renderer;
let report: Report;
let held: AgentCalls;
let page: AgentPage;
beforeAll(async () => {
  renderer = await openRenderer();
  const byDay = [...Map.groupBy(calls, ({ day }) => day as string)].sort(([a], [b]) => (a < b ? 1 : -1));
  report = reportOf('org_1', emptyState('x'), countedOf(calls, ['confirms']), config);
  const agents = new Map<string, AgentCalls>();
  for (const [day, own] of byDay)
    if (day >= (report.window?.from ?? '') && day <= (report.window?.to ?? ''))
      addDay(agents, own, wantedOf(report, report.attention));
  held = agents.get(ANN) ?? noCalls();
  page = agentPage(report, ANN, held);
});

const inWindow = ({ day }: Call) =>
  (day as string) >= (report.window?.from ?? '') && (day as string) <= (report.window?.to ?? '');
const own = () => calls.filter((call) => call.agent === ANN && inWindow(call));

describe('an agent’s page', () => {
  it('has the figures of the agent’s calls, and of the team’s', () => {
    const scored = own().filter(({ tooShort, score }) => !tooShort && score !== undefined);
    expect(page.totals).toMatchObject({
      calls: own().length,
      qaEvaluated: scored.length,
      qaPassed: scored.filter(({ passed }) => passed).length,
      tooShort: own().filter(({ tooShort }) => tooShort).length,
    });
    const team = calls.filter((call) => inWindow(call) && call.agent && config.agents[call.agent]?.team === 'North');
    expect(page.team?.calls).toBe(team.length);
    expect(team.length).toBeGreaterThan(own().length);
  });

  it('tells the weakest rules to work on, with the newest notes and quotes of failures', () => {
    expect(page.workOn.map(({ rule }) => rule.id)).toEqual(page.rules.slice(0, 3).map(({ id }) => id));
    for (const { rule, examples } of page.workOn) {
      const failures = own()
        .filter(
          ({ tooShort, rules }) => !tooShort && rules.some((each) => each.rule === rule.id && each.pass === false),
        )
        .filter(({ rules }) => rules.some((each) => each.rule === rule.id && (each.coachNote || each.evidence)))
        .sort((a, b) =>
          (a.started ?? '') === (b.started ?? '')
            ? a.id < b.id
              ? -1
              : 1
            : (a.started ?? '') < (b.started ?? '')
              ? 1
              : -1,
        );
      expect(examples.map(({ id }) => id)).toEqual(failures.slice(0, 2).map(({ id }) => id));
      expect(examples.every(({ href, id }) => new RegExp(`^/calls/${id}/#q-[1-4]$`).test(href))).toBe(true);
    }
    expect(page.workOn[0]?.examples.length).toBe(2);
  });

  it('names the calls with the highest and the lowest score', () => {
    const scores = own().flatMap(({ tooShort, score }) => (tooShort || score === undefined ? [] : [score]));
    expect([page.bestAndWorst?.best.score, page.bestAndWorst?.worst.score]).toEqual([
      Math.max(...scores),
      Math.min(...scores),
    ]);
  });

  it('ranks nothing under the least number of calls', () => {
    const strict = { ...report, site: { ...report.site, minimumN: 1000 }, config: { ...config, minimumN: 1000 } };
    const few = agentPage(strict, ANN, held);
    expect([few.workOn, few.bestAndWorst]).toEqual([[], undefined]);
  });

  it('holds no more of single calls than it shows', () => {
    expect(held.newest).toHaveLength(Math.min(NEWEST_LIMIT, own().length));
    expect(Object.keys(held.failed).length).toBeLessThanOrEqual(3);
    expect(Object.values(held.failed).every((failed) => failed.calls.length <= 2)).toBe(true);
  });

  it('opens with each figure exactly the calls that it is of', async () => {
    const document = domino.createDocument(await renderer.render(page));
    const links = Array.from(document.querySelectorAll('main a[data-figure]'));
    const kinds = new Set<string>();
    for (const link of links) {
      const figure = link.getAttribute('data-figure') ?? '';
      const { filter, ignored } = readFilter(new URL(link.getAttribute('href') ?? '', 'http://x').search);
      const opened = calls.filter((call) => matches(filter, shown(call)));
      const text = link.textContent.trim();
      expect([figure, ignored]).toEqual([figure, []]);
      if (figure === 'rule passed, rounded') {
        const [rule = ''] = filter.rule ?? [];
        const passed = opened.filter((call) => shown(call).passed.includes(rule)).length;
        expect(Math.abs(Number.parseFloat(text) - (passed / opened.length) * 100), figure).toBeLessThan(0.51);
      } else if (/^[\d,]+$/.test(text))
        expect([figure, Number(text.replace(',', ''))]).toEqual([figure, opened.length]);
      else continue;
      kinds.add(figure);
    }
    for (const kind of [
      'Calls',
      'calls',
      'n',
      'rule passed, rounded',
      'rule failed',
      'rule evaluated',
      'Too short',
      'Not evaluated',
    ])
      expect(kinds).toContain(kind);
  });
});
