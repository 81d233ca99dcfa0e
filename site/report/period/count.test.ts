/** What a browser counts of a range, against raw records and against the generator's own pages. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#shared/calendar/days.ts';
import type { Range } from '#shared/calendar/range.ts';
import { readFilter } from '#shared/filter/filter.ts';
import type { TeamRef } from '#shared/view.ts';
import { isLong } from '../../../generator/fixtures/long.ts';
import { build, CONFIG, memoryWorld, pageJson, pageText, putCall, rule } from '../../../generator/fixtures/world.ts';
import type { JsonObject } from '../../../generator/source/json.ts';
import type { Store } from '../../../generator/store/store.ts';
import { comparisonOf } from '../compare/count.ts';
import { cachedFetch, type Fetch } from '../data/fetch-cache.ts';
import { siteOf } from '../data/site-of.ts';
import type { Subject } from './agent-view.ts';
import { type FiguresView, viewOf } from './count.ts';
import { callsOfSubject } from './subject-calls.ts';

const ORG = 'org_1';
const fetchFrom =
  (reports: Store): Fetch =>
  (path) =>
    pageJson(reports, ORG, path);

/** A call as a test knows it. */
interface Raw {
  start: Date;
  seconds: number;
  agent: string;
  score: number;
  mood: number;
  failed: string[];
  topic: string;
}

const RULES = ['Identity verified', 'Offers further help', 'constructor'];

const TOPICS = ['Bills', 'Meters', 'constructor', '__proto__'];

/** Within four days of the change of clocks in spring or in autumn. */
const aroundChange = (iso: string) =>
  fc.integer({ min: -96 * 60, max: 96 * 60 }).map((minutes) => new Date(Date.parse(iso) + minutes * 60_000));

const raw = fc.record<Raw>({
  start: fc.oneof(
    aroundChange('2026-03-29T01:00:00Z'),
    aroundChange('2026-10-25T01:00:00Z'),
    fc.date({ min: new Date('2026-03-01'), max: new Date('2026-11-20'), noInvalidDate: true }),
  ),
  seconds: fc.integer({ min: 0, max: 4000 }),
  agent: fc.constantFrom('ann', 'bob', 'cid', '__proto__'),
  score: fc.integer({ min: 0, max: 100 }),
  mood: fc.integer({ min: 0, max: 100 }),
  failed: fc.uniqueArray(fc.constantFrom(...RULES)),
  topic: fc.constantFrom(...TOPICS),
});

const range = fc
  .tuple(
    fc.oneof(
      fc.constantFrom('2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25'),
      fc.integer({ min: 0, max: 264 }).map((days) => addDays('2026-03-01', days)),
    ),
    fc.constantFrom(1, 2, 7, 8, 28, 90),
  )
  .map(([from, days]): Range => ({ from, to: addDays(from, days - 1) }));

/** Teams with their agents, without whose calls there is no such team; ann is in none. */
const TEAMS: { [name: string]: string[] } = { 'Süd & <b>': ['cid', '__proto__'], constructor: ['bob'] };
const AGENTS = Object.fromEntries(
  Object.entries(TEAMS).flatMap(([team, agents]) => agents.map((agent) => [`${agent}@agents.example`, { team }])),
);

async function worldOf(calls: Raw[], timeZone: string) {
  const world = memoryWorld();
  await world.config.put(
    `${ORG}/report-config.json`,
    JSON.stringify({ ...CONFIG, timeZone, minimumN: 1, agents: AGENTS }),
  );
  for (const [i, { start, seconds, agent, score, mood, failed, topic }] of calls.entries()) {
    const call: JsonObject = {
      start_timestamp: start.toISOString(),
      end_timestamp: null,
      duration_seconds: seconds,
      to_number: `${agent}@agents.example`,
      overall_score: score,
      positive: mood / 100,
      negative: 0,
      neutral: 1 - mood / 100,
      confidence: 0.9,
      topic: [topic],
    };
    const qa = RULES.map((name) => rule(name, { pass: !failed.includes(name) }));
    await putCall(world.results, ORG, { id: `c${i}`, call, qa });
  }
  await build(world, ORG);
  return world;
}

/** The date on a wall in the zone. */
function wallDate(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const [day, month, year] = parts.format(at).split('/');
  return `${year}-${month}-${day}`;
}

/** A browser has what was said from the pages of calls, once the figures are there: see `quotes.test.ts`. */
const withoutQuotes = (view: FiguresView): FiguresView =>
  view.kind === 'agent' ? { ...view, workOn: view.workOn.map(({ rule }) => ({ rule, examples: [] })) } : view;

/** Whose page it is: an agent's, or a team's. */
interface Whose {
  subject: Subject;
  agents: string[];
}

const ANN: Whose = { subject: { agent: 'ann@agents.example', callCount: 3 }, agents: ['ann'] };
const WHOSE: Whose[] = [
  ANN,
  ...Object.entries(TEAMS).map(([agent, agents]) => ({
    subject: { agent, isTeam: true as const, callCount: 3 },
    agents,
  })),
];

/** The page of one agent or team, against the raw records. @param within all calls of some days */
async function expectAgent(
  calls: Raw[],
  within: (span: Range) => Raw[],
  wanted: Range,
  fetch: Fetch,
  { subject, agents }: Whose,
): Promise<void> {
  const view = await viewOf({ kind: 'agent', subject }, wanted, fetch);
  if (view.kind !== 'agent') throw new Error(`kind: ${view.kind}`);
  const ofThese = (span: Range | undefined) => (span ? within(span).filter(({ agent }) => agents.includes(agent)) : []);
  const passed = (some: Raw[]) => some.filter(({ score }) => score >= CONFIG.passMark).length;
  const counts = (some: Raw[]) => [some.length, passed(some)];
  const own = ofThese(wanted);
  expect([view.totals.calls, view.totals.qaPassed]).toEqual(counts(own));
  expect([view.before.calls, view.before.qaPassed]).toEqual(counts(ofThese(view.window?.before)));
  // Without a team the others are everybody.
  expect(view.team?.calls).toBe(within(wanted).length === own.length ? undefined : within(wanted).length);
  expect(view.callCount).toBe(subject.callCount);
  expect(await callsOfSubject(await siteOf(fetch), subject, [], fetch)([wanted])).toEqual([own.length]);
  for (const week of view.weeks) expect([week.own.calls, week.own.qaPassed]).toEqual(counts(ofThese(week)));
  expect(view.weeks.at(-1)?.to ?? wanted.to).toBe(wanted.to);
  for (const { id, evaluated, passed: ok, before, byWeek = [] } of view.rules) {
    const failed = (some: Raw[]) =>
      some.filter(({ failed }) => failed.some((name) => name.toLowerCase() === id)).length;
    expect([id, evaluated, evaluated - ok]).toEqual([id, own.length, failed(own)]);
    expect(before.evaluated - before.passed).toBe(failed(ofThese(view.window?.before)));
    expect(byWeek.map((week) => [week.evaluated, week.evaluated - week.passed])).toEqual(
      byWeek.map((week) => [ofThese(week).length, failed(ofThese(week))]),
    );
    expect(byWeek.reduce((sum, week) => sum + week.evaluated, 0)).toBe(own.length);
  }
  const newest = own
    .map((call) => ({ id: `c${calls.indexOf(call)}`, at: call.start.toISOString() }))
    .sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? 1 : -1));
  expect(view.calls.map(({ id }) => id)).toEqual(newest.slice(0, 25).map(({ id }) => id));
  const failing = own.filter(({ score }) => score < CONFIG.passMark);
  expect(view.attention.total).toBeGreaterThanOrEqual(failing.length);
  expect(view.attention.calls.length).toBe(Math.min(5, view.attention.total));
  const scores = own.map(({ score }) => score);
  if (view.bestAndWorst)
    expect([view.bestAndWorst.best.score, view.bestAndWorst.worst.score]).toEqual([
      Math.max(...scores),
      Math.min(...scores),
    ]);
  for (const {
    rule: { id },
    examples,
  } of view.workOn)
    expect(examples.map((example) => example.id)).toEqual(
      newest
        .filter((call) => calls[Number(call.id.slice(1))]?.failed.some((name) => name.toLowerCase() === id))
        .slice(0, 6)
        .map((call) => call.id),
    );
}

/** What calls are about, against the raw records. */
function expectTopics(view: FiguresView, own: Raw[], before: Raw[]): void {
  if (view.kind !== 'topics') throw new Error(`kind: ${view.kind}`);
  const byTopic = Map.groupBy(own, ({ topic }) => topic);
  const [table] = view.tables;
  // One topic alone is no table.
  if (byTopic.size < 2) {
    expect(table).toBeUndefined();
    return;
  }
  const lines = table?.lines.map(({ value, calls, before, negative, passed, rule }) => [
    value,
    [calls, before, negative, passed, rule?.failed ?? 0],
  ]);
  const failures = (calls: Raw[]) => RULES.map((name) => calls.filter(({ failed }) => failed.includes(name)).length);
  expect(new Map(lines as [string, number[]][])).toEqual(
    new Map(
      [...byTopic].map(([topic, all]) => [
        topic,
        [
          all.length,
          before.filter((call) => call.topic === topic).length,
          0,
          all.filter(({ score }) => score >= CONFIG.passMark).length,
          Math.max(...failures(all)),
        ],
      ]),
    ),
  );
}

/** Agents side by side, and one agent's two periods, against the raw records. */
async function expectCompared(
  within: (span: Range) => Raw[],
  wanted: Range,
  against: Range,
  fetch: Fetch,
): Promise<void> {
  const site = await siteOf(fetch);
  const agents = Object.keys(site.agents);
  const views = [
    await comparisonOf(site, { agents, period: wanted }, fetch),
    await comparisonOf(site, { agents: agents.slice(0, 1), period: wanted, against }, fetch),
  ];
  expect(views.map(({ columns }) => columns.map(({ agent, period }) => [agent.id, period]))).toEqual([
    agents.map((id) => [id, wanted]),
    [
      [agents[0], wanted],
      [agents[0], against],
    ],
  ]);
  for (const { columns, rules } of views)
    for (const [at, { agent, period, totals, weeks }] of columns.entries()) {
      const ofThis = (span: Range) => within(span).filter((call) => `${call.agent}@agents.example` === agent.id);
      const passed = (some: Raw[]) => some.filter(({ score }) => score >= CONFIG.passMark).length;
      const own = ofThis(period);
      expect([totals.calls, totals.qaEvaluated, totals.qaPassed]).toEqual([own.length, own.length, passed(own)]);
      expect(totals.durationSeconds).toBe(own.reduce((sum, { seconds }) => sum + seconds, 0));
      expect(totals.qaScoreSum).toBe(own.reduce((sum, { score }) => sum + score, 0));
      for (const week of weeks)
        expect([week.own.calls, week.own.qaPassed]).toEqual([ofThis(week).length, passed(ofThis(week))]);
      const failed = (id: string) => own.filter((call) => call.failed.some((name) => name.toLowerCase() === id)).length;
      expect(rules.map(({ checks }) => [checks[at]?.evaluated, checks[at]?.passed])).toEqual(
        rules.map(({ id }) => [own.length, own.length - failed(id)]),
      );
      expect(rules.length).toBeGreaterThanOrEqual(own.length > 0 ? RULES.length : 0);
    }
}

/** Pages of one team's calls alone, against the raw records. */
async function expectTeam(within: (span: Range) => Raw[], wanted: Range, fetch: Fetch, team: TeamRef): Promise<void> {
  const [overview, agents, qa] = [
    await viewOf({ kind: 'overview' }, wanted, fetch, [team]),
    await viewOf({ kind: 'agents' }, wanted, fetch, [team]),
    await viewOf({ kind: 'qa' }, wanted, fetch, [team]),
  ];
  const topics = await viewOf({ kind: 'topics' }, wanted, fetch, [team]);
  if (overview.kind !== 'overview' || agents.kind !== 'agents' || qa.kind !== 'qa') throw new Error('kinds');
  if (topics.kind !== 'topics') throw new Error(`kind: ${topics.kind}`);
  const ofTeam = (span: Range) => within(span).filter(({ agent }) => TEAMS[team.name]?.includes(agent));
  const own = ofTeam(wanted);
  const past = overview.window?.before;
  expect(overview.totals.calls).toBe(own.length);
  expect(overview.before.calls).toBe(past ? ofTeam(past).length : 0);
  expectTopics(topics, own, past ? ofTeam(past) : []);
  // One topic alone is no table, so a page of everybody may have one where a team has none.
  expect(overview.about?.lines.length ?? 1).toBe(Math.max(1, new Set(own.map(({ topic }) => topic)).size));
  // A period with calls is told of, whether or not its last day has one.
  expect(/^No calls/.test(String(overview.lead[0]))).toBe(own.length === 0);
  const counted = await callsOfSubject(await siteOf(fetch), undefined, [team], fetch)([wanted]);
  expect(counted).toEqual([own.length]);
  expect(overview.days.map(({ calls }) => calls)).toEqual(
    overview.days.map(({ date }) => ofTeam({ from: date, to: date }).length),
  );
  expect(overview.attention.total).toBeLessThanOrEqual(ofTeam({ from: wanted.to, to: wanted.to }).length);
  expect([agents.everyone.totals.calls, qa.totals.calls]).toEqual([own.length, own.length]);
  expect(agents.agents.map(({ agent }) => agent.id?.split('@')[0]).sort()).toEqual(
    [...new Set(own.map(({ agent }) => agent))].sort(),
  );
  for (const { name, evaluated, passed } of qa.rules)
    expect([name, evaluated - passed]).toEqual([name, own.filter(({ failed }) => failed.includes(name)).length]);
  for (const view of [overview, agents, qa, topics]) {
    expect(view.only?.teams).toEqual([team]);
    const links = view.lead.flatMap((part) => (typeof part === 'string' ? [] : (part.href ?? [])));
    for (const href of links) expect(readFilter(href.replace(/^[^?]*/, '')).filter.team).toEqual([team.name]);
  }
}

describe('figures that are counted again for a range', () => {
  it.each(['Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'UTC'])(
    'are those of the raw records, in the days of %s',
    async (timeZone) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(raw, { minLength: 1, maxLength: 40 }),
          fc.array(range, { minLength: 4, maxLength: isLong ? 10 : 4 }),
          async (calls, ranges) => {
            const { reports } = await worldOf(calls, timeZone);
            const fetch = cachedFetch(fetchFrom(reports));
            const within = ({ from, to }: Range) =>
              calls.filter(({ start }) => wallDate(start, timeZone) >= from && wallDate(start, timeZone) <= to);
            for (const [at, wanted] of ranges.entries()) {
              const [overview, agents, qa] = [
                await viewOf({ kind: 'overview' }, wanted, fetch),
                await viewOf({ kind: 'agents' }, wanted, fetch),
                await viewOf({ kind: 'qa' }, wanted, fetch),
              ];
              if (overview.kind !== 'overview' || agents.kind !== 'agents' || qa.kind !== 'qa')
                throw new Error('kinds');
              const own = within(wanted);
              const days = Math.round((Date.parse(wanted.to) - Date.parse(wanted.from)) / 86_400_000) + 1;
              const past = overview.window?.before;
              const before = past ? within(past) : [];
              expect(overview.totals.calls).toBe(own.length);
              expect(overview.before.calls).toBe(before.length);
              expect(overview.totals.durationSeconds).toBe(own.reduce((sum, { seconds }) => sum + seconds, 0));
              expect(overview.totals.sentimentSum).toBeCloseTo(
                own.reduce((sum, { mood }) => sum + mood / 100, 0),
                6,
              );
              expect(overview.totals.qaPassed).toBe(own.filter(({ score }) => score >= CONFIG.passMark).length);
              expect(overview.days.map((day) => day.calls)).toEqual(
                Array.from({ length: days }, (_, i) => {
                  const day = addDays(wanted.from, i);
                  return within({ from: day, to: day }).length;
                }),
              );
              const byAgent = Object.groupBy(own, ({ agent }) => `${agent}@agents.example`);
              expect(Object.fromEntries(agents.agents.map(({ agent, totals }) => [agent.id, totals.calls]))).toEqual(
                Object.fromEntries(Object.entries(byAgent).map(([agent, all]) => [agent, all?.length])),
              );
              expectTopics(await viewOf({ kind: 'topics' }, wanted, fetch), own, before);
              for (const { name, evaluated, passed } of qa.rules)
                expect([name, evaluated, evaluated - passed]).toEqual([
                  name,
                  own.length,
                  own.filter(({ failed }) => failed.includes(name)).length,
                ]);
              const { teams } = await siteOf(fetch);
              expect(teams.map(({ name }) => name)).toEqual(
                Object.keys(TEAMS)
                  .filter((name) => calls.some(({ agent }) => TEAMS[name]?.includes(agent)))
                  .sort(),
              );
              // One after another: each range would cost as much as the rest otherwise.
              const team = teams[at % Math.max(1, teams.length)];
              if (team) await expectTeam(within, wanted, fetch, team);
              expect(agents.teams.map(({ team, totals }) => [team.name, totals.calls])).toEqual(
                agents.teams.map(({ team }) => [
                  team.name,
                  own.filter(({ agent }) => TEAMS[team.name]?.includes(agent)).length,
                ]),
              );
              await expectAgent(calls, within, wanted, fetch, WHOSE[at % WHOSE.length] ?? ANN);
              await expectCompared(within, wanted, ranges.at(at - 1) ?? wanted, fetch);
            }
          },
        ),
        { numRuns: Number(process.env.CCI_RUNS ?? (isLong ? 6 : 3)) },
      );
    },
  );

  it('are the pages that the generator makes, where the range is theirs', async () => {
    const calls: Raw[] = Array.from({ length: 60 }, (_, i) => ({
      start: new Date(Date.parse('2026-03-30T09:00:00Z') - i * 17 * 3600_000),
      seconds: 30 + i * 11,
      agent: ['ann', 'bob', 'cid'][i % 3] as string,
      score: (i * 37) % 101,
      mood: (i * 13) % 101,
      failed: RULES.filter((_, at) => (i + at) % 4 === 0),
      topic: TOPICS[(i * 7) % 4] as string,
    }));
    const { reports } = await worldOf(calls, 'Europe/London');
    const agent = 'ann@agents.example';
    const countOf = (name: string) => calls.filter((call) => call.agent === name).length;
    const subject = { agent, callCount: countOf('ann') };
    const team = { agent: 'constructor', isTeam: true as const, callCount: countOf('bob') };
    for (const [page, path] of [
      [{ kind: 'overview' }, '/'],
      [{ kind: 'agents' }, '/agents/'],
      [{ kind: 'qa' }, '/qa/'],
      [{ kind: 'agent', subject }, `/agents/${agent}/`],
      [{ kind: 'agent', subject: team }, '/teams/constructor/'],
      [{ kind: 'topics' }, '/topics/'],
    ] as const) {
      const html = await pageText(reports, ORG, path);
      const made = JSON.parse(html.replace(/^.*<pre>|<\/pre>$/g, '').replaceAll('&lt;', '<')) as FiguresView;
      if (!made.window) throw new Error(`no window on ${path}`);
      const { from, to } = made.window;
      const counted = await viewOf(page, { from, to }, fetchFrom(reports));
      expect(JSON.parse(JSON.stringify(withoutQuotes(counted))), path).toEqual(withoutQuotes(made));
    }
  });

  it('fetch a file once, and again where it failed', async () => {
    const asked: string[] = [];
    const fetch = cachedFetch(<T>(path: string) => {
      asked.push(path);
      return asked.length === 1 ? Promise.reject<T>(new Error('gone')) : Promise.resolve(path as T);
    });
    await expect(fetch('/a')).rejects.toThrow('gone');
    expect([await fetch('/a'), await fetch('/a')]).toEqual(['/a', '/a']);
    expect(asked).toEqual(['/a', '/a']);
  });
});
