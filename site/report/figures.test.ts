/** Every figure opens its calls: what each link of a page lists is counted again, and has to give the figure. */
import domino from '@mixmark-io/domino';
import { HtmlValidate } from 'html-validate';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '#shared/calendar/days.ts';
import type { Range } from '#shared/calendar/range.ts';
import { usualLength } from '#shared/calls/attention.ts';
import { insightText, valuesOf } from '#shared/calls/dimensions.ts';
import { filterableOf } from '#shared/calls/filterable.ts';
import { MOST_COMPARED } from '#shared/figures/compare/compared.ts';
import { KEY_FIGURES, type KeyFigureId } from '#shared/figures/key-figures.ts';
import { type CallFilter, readFilter } from '#shared/filter/filter.ts';
import { matches } from '#shared/filter/match.ts';
import { day, duration, fixed, hours, sentiment, share, span } from '#shared/format/format.ts';
import type { Call, SentimentLabel } from '#shared/model.ts';
import type { AgentPage, TeamRef } from '#shared/view.ts';
import { publishedCalls } from '../../generator/fixtures/calls.ts';
import { DEMO_ORGS, type DemoWorld, demoWorld } from '../../generator/fixtures/demo-world.ts';
import { CONFIG, memoryWorld, pageJson, pageText, published, putCall } from '../../generator/fixtures/world.ts';
import { silentLog } from '../../generator/lib/console.ts';
import { ruleId } from '../../generator/normalize/rules.ts';
import { openRenderer, type Renderer } from '../../generator/render/renderer.ts';
import { buildAll } from '../../generator/run.ts';
import ComparisonBody from './compare/ComparisonBody.tsx';
import { comparisonOf } from './compare/count.ts';
import { staticMarkup } from './components/ui/static-markup.ts';
import { cachedFetch, type Fetch } from './data/fetch-cache.ts';
import { siteOf } from './data/site-of.ts';
import type { Subject } from './period/agent-view.ts';
import { viewOf } from './period/count.ts';
import { withQuotes } from './period/quotes.ts';

const LOCALE = 'en-GB';
const LABELS: SentimentLabel[] = ['positive', 'neutral', 'negative', 'mixed'];

/** The calls of a list, and the list of any other filter. */
interface Listed {
  calls: Call[];
  filter: CallFilter;
  list: (filter: CallFilter) => Call[];
}

const count = ({ calls }: Listed): string => calls.length.toLocaleString(LOCALE);
/** In millionths, as the figures are added up: a sum of fractions is not exact. */
const mean = (calls: Call[], figure: (call: Call) => number | undefined): number =>
  calls.reduce((sum, call) => sum + Math.round((figure(call) ?? Number.NaN) * 1e6), 0) / 1e6 / calls.length;
const talk = ({ calls }: Listed): number => calls.reduce((sum, call) => sum + (call.durationSeconds ?? 0), 0);
const passedOf = ({ calls }: Listed): number => calls.filter(({ passed }) => passed).length / calls.length;
const failedChecks = ({ calls, filter }: Listed): number =>
  calls.flatMap(({ rules }) => rules.filter(({ rule, pass }) => pass === false && filter.rule?.includes(rule))).length;
const checks = ({ calls, filter }: Listed): number =>
  calls.flatMap(({ rules }) => rules.filter(({ rule, pass }) => pass !== undefined && filter.rule?.includes(rule)))
    .length;
const averageLength = ({ calls }: Listed): string => duration(mean(calls, (call) => call.durationSeconds));
const averageSentiment = ({ calls }: Listed): string =>
  sentiment(
    mean(calls, (call) => call.sentiment?.score),
    LOCALE,
  );

/** Each key figure, counted again. */
const COUNTED_AGAIN: { [figure in KeyFigureId]: (listed: Listed) => string } = {
  calls: count,
  talkTime: (listed) => hours(talk(listed)),
  averageCall: averageLength,
  averageSentiment,
  qaPassed: (listed) => share(passedOf(listed), LOCALE),
};

/** Each kind of figure, and what it has to say of the calls that it opens. */
const FIGURES: { [figure: string]: (listed: Listed) => string } = {
  ...Object.fromEntries(
    Object.entries(COUNTED_AGAIN).flatMap(([id, say]) => {
      const { name } = KEY_FIGURES[id as KeyFigureId];
      return [
        [name, say],
        [`${name}, before`, (listed: Listed) => `from ${say(listed)}`],
      ];
    }),
  ),
  ...Object.fromEntries(
    [
      'calls',
      'n',
      'evaluated',
      'passed',
      'failed',
      'inbound',
      'outbound',
      'internal',
      'unknown',
      'not analysed',
      'rule failed',
      'rule evaluated',
      'critical failed',
      'grade',
      'scores',
      'hour',
      'repeat caller',
      'Not evaluated',
      'Not evaluated yet',
      'Rules without an overall result',
      'Too short',
      'Without a day',
    ].map((figure) => [figure, count]),
  ),
  'list all of the period': (listed) => `list all ${count(listed)}`,
  'all that need attention': (listed) => `list all ${count(listed)}`,
  'need attention': (listed) => `${count(listed)} ${listed.calls.length === 1 ? 'needs' : 'need'} attention`,
  Read: (listed) => `${count(listed)} calls`,
  'average length': averageLength,
  'average sentiment': averageSentiment,
  'QA passed, of few': (listed) => `${listed.calls.filter(({ passed }) => passed).length} of ${count(listed)}`,
  'QA passed, rounded': (listed) => share(passedOf(listed), LOCALE, 0),
  'average score': ({ calls }) =>
    fixed(
      mean(calls, ({ score }) => score),
      LOCALE,
    ),
  'positive share': ({ calls }) =>
    share(calls.filter((call) => call.sentiment?.label === 'positive').length / calls.length, LOCALE, 0),
  'sentiment share': ({ calls, filter, list }) =>
    share(calls.length / list({ ...filter, sentiment: LABELS }).length, LOCALE, 0),
  'negative, of few': ({ calls, filter, list }) =>
    `${count({ calls } as Listed)} of ${list({ ...filter, sentiment: LABELS }).length}`,
  'rule passed, of few': (listed) => `${listed.calls.length - failedChecks(listed)} of ${count(listed)}`,
  'rule passed': (listed) => share(1 - failedChecks(listed) / listed.calls.length, LOCALE),
  'rule passed, rounded': (listed) => share(1 - failedChecks(listed) / listed.calls.length, LOCALE, 0),
  'rule failed share': (listed) => share(failedChecks(listed) / listed.calls.length, LOCALE),
  'checks passed': (listed) => share(1 - failedChecks(listed) / checks(listed), LOCALE),
  'direction share': ({ calls, filter: { from, to, team = [] }, list }) =>
    share(calls.length / list({ from, to, team }).length, LOCALE),
  'checks failed': (listed) => failedChecks(listed).toLocaleString(LOCALE),
  'rule failed, of its checks'({ calls, filter, list }) {
    const checks = list({ ...filter, result: 'evaluated' }).length;
    return `${share((checks - calls.length) / checks, LOCALE, 0)} ${calls.length.toLocaleString(LOCALE)} failed`;
  },
};

/** What the title of a mark in a chart says of the calls that it opens. */
const MARKS: ((listed: Listed) => string)[] = [
  (listed) => `: ${count(listed)}`,
  (listed) => `: ${count(listed)} call${listed.calls.length === 1 ? '' : 's'}`,
  (listed) => `: ${count(listed)} failed`,
  (listed) => `: ${count(listed)} analysed calls`,
  (listed) => `: ${share(passedOf(listed), LOCALE, 0)} of ${count(listed)} evaluated calls passed`,
];

interface Tenant {
  name: string;
  page: (path: string) => Promise<Document>;
  /** As a browser has its data files. */
  fetch: Fetch;
  paths: ReadonlySet<string>;
  /** The pages of agents that have one. */
  agents: string[];
  listed: (href: string) => Listed;
  teams: TeamRef[];
  /** A page of the default period with the calls of one team alone, as a browser draws it. */
  alone: (kind: (typeof OF_TEAMS)[number], team: TeamRef) => Promise<Document>;
}

/** A tenant with what the demo's calls do not have. */
const ODD = 'org_odd';
const ODD_CALLS = [
  {},
  { to_number: '+441632960002' },
  { overall_score: null, grade: null },
  { start_timestamp: null, end_timestamp: null },
  { duration_seconds: 10 },
  { duration_seconds: null, end_timestamp: null, overall: null, positive: 0, neutral: 1, negative: 0, confidence: 0 },
  { overall_score: 40, grade: 'E', overall: 'mixed' },
  { from_number: 'ann@agents.example', to_number: '+441632960003' },
];
const PAGES = ['/', '/agents/', '/qa/', '/topics/'];
/** Pages that can show the calls of a team alone. */
const OF_TEAMS = ['overview', 'agents', 'qa', 'topics'] as const;
const ORGS = [...DEMO_ORGS, ODD];

let renderer: Renderer;
const made = new Map<string, Tenant>();
/** Kinds that were met on any page. */
const met = new Set<string>();
/** What links of any page ask for. */
const asked = new Set<string>();

beforeAll(async () => {
  renderer = await openRenderer();
  const world = memoryWorld({ renderer });
  const demo: DemoWorld = await demoWorld();
  await world.config.put(
    `${ODD}/report-config.json`,
    JSON.stringify({ ...CONFIG, shortestCallSeconds: 20, minimumN: 20 }),
  );
  for (const [i, call] of ODD_CALLS.entries()) await putCall(world.results, ODD, { id: `c${i}`, call });
  await buildAll({ ...world, logFor: () => silentLog }, undefined);
  for (const org of ORGS) {
    const { config: configs, reports } = org === ODD ? world : demo;
    const config = JSON.parse(new TextDecoder().decode((await configs.get(`${org}/report-config.json`))?.body));
    const calls = await publishedCalls(reports, org);
    const lengths = calls.flatMap(({ durationSeconds: seconds }) => (seconds === undefined ? [] : [seconds]));
    const attention = {
      passMark: config.passMark ?? 70,
      critical: new Set<string>(config.criticalRules?.map(ruleId)),
      names: new Map(),
      usual: usualLength(lengths.sort((a, b) => a - b).map((seconds) => [seconds, 1])),
    };
    const all = calls.map((call) => ({
      call,
      filterable: filterableOf(
        { ...call, topic: insightText(call.insights, 'topic') },
        attention,
        config.agents?.[call.agent ?? '']?.team,
        config.timeZone,
        Object.fromEntries([...valuesOf(call)].flatMap(([id, value]) => (value === undefined ? [] : [[id, value]]))),
      ),
    }));
    const list = (filter: CallFilter) =>
      all.filter(({ filterable }) => matches(filter, filterable)).map(({ call }) => call);
    const fetch = cachedFetch((path) => pageJson(reports, org, path));
    const data = await siteOf(fetch);
    const paths = [...(await published(reports, org)).keys()];
    made.set(org, {
      name: org,
      paths: new Set(paths),
      agents: paths.filter((path) => /^\/(agents|teams)\/[^/]+\/$/.test(path)),
      teams: data.teams,
      async alone(kind, team) {
        const view = await viewOf({ kind }, data.window as Range, fetch, [team]);
        return domino.createDocument(await renderer.render(view));
      },
      page: once(async (path) => domino.createDocument(await pageText(reports, org, path))),
      fetch: cachedFetch((path) => pageJson(reports, org, path)),
      listed: once((href) => {
        const { filter, ignored } = readFilter(new URL(href, 'https://site.invalid').search);
        expect(ignored, href).toEqual([]);
        for (const part of Object.keys(filter)) asked.add(part);
        return { filter, list, calls: list(filter) };
      }),
    });
  }
});

/** Made for each text once: pages are not changed here, and many links are those of another page too. */
function once<T>(make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>();
  return (text) => {
    const known = made.get(text);
    if (known !== undefined) return known;
    const fresh = make(text);
    made.set(text, fresh);
    return fresh;
  };
}

const tenantOf = (org: string): Tenant => made.get(org) as Tenant;
const textOf = (node: Element): string => (node.textContent ?? '').replace(/\s+/g, ' ').trim();
const linksOf = (page: Document, where: string): Element[] =>
  Array.from(page.querySelectorAll(`${where} a`)).filter((link) => link.getAttribute('href')?.startsWith('/calls/?'));

/** A number of a sentence counts its calls, is a share of them, or names the days that they are of. */
function inSentence(link: Element, listed: Tenant['listed']): void {
  const href = link.getAttribute('href') ?? '';
  const own = listed(href);
  const { from = '', to = '', rule } = own.filter;
  const rate = rule ? failedChecks(own) / own.calls.length : passedOf(own);
  const days = ['en-GB', 'en-US'].flatMap((locale) => [day(from, locale), span(from, to, locale, false)]);
  const said = [
    count(own),
    share(rate, LOCALE),
    rate === 0 ? 'none' : '',
    own.calls.length === 1 ? 'one evaluated' : '',
  ];
  const text = textOf(link).replace(/ calls?$/, '');
  expect(said.includes(text) || days.some((each) => text.endsWith(each)), `${text} ${href} ${said}`).toBe(true);
}

/** Every link to calls on an agent's page. */
function expectOpen(document: Document, path: string, listed: Tenant['listed']): void {
  const links = Array.from(document.querySelectorAll('a[data-figure]'));
  expect(links.length, path).toBeGreaterThan(3);
  for (const link of links) {
    const [figure, href] = [link.getAttribute('data-figure') ?? '', link.getAttribute('href') ?? ''];
    const said = FIGURES[figure];
    met.add(figure);
    expect(said, `a kind of figure that this test does not know: ${figure}`).toBeDefined();
    const text = textOf(link).replace(/^as /, 'from ');
    expect(text, `${path} ${figure} ${href}`).toBe(said?.(listed(href)));
  }
  const known = new Set(linksOf(document, 'svg'));
  const sentence = new Set(linksOf(document, '.lead'));
  for (const link of sentence) inSentence(link, listed);
  const others = linksOf(document, 'body').filter(
    (link) => !known.has(link) && !sentence.has(link) && !link.hasAttribute('data-figure'),
  );
  expect(others.map(textOf), path).toEqual([]);
}

/** Agents of a tenant whose pages are drawn again. */
const DRAWN = 3;

/** Some days within a period, or the period where it has few. */
const otherThan = ({ from, to }: Range): Range => {
  const [first, last] = [addDays(to, -12), addDays(to, -2)];
  return first > from ? { from: first, to: last } : { from, to };
};

/** An agent's page of a period, as a browser has it in the end. */
async function drawnOf({ page, fetch }: Tenant, path: string, range: Range): Promise<AgentPage> {
  const subject = (await page(path)).getElementById('figures')?.getAttribute('data-subject') ?? '';
  const view = await viewOf({ kind: 'agent', subject: JSON.parse(subject) as Subject }, range, fetch);
  if (view.kind !== 'agent') throw new Error(`kind: ${view.kind}`);
  return { ...view, workOn: await withQuotes(view.workOn, page) };
}

/** Each figure of a page gives what the calls that it opens come to. @returns how many there are */
function expectFigures(document: Document, listed: Tenant['listed']): number {
  const links = Array.from(document.querySelectorAll('a[data-figure]'));
  for (const link of links) {
    const [figure, href] = [link.getAttribute('data-figure') ?? '', link.getAttribute('href') ?? ''];
    const said = FIGURES[figure];
    met.add(figure);
    expect(said, `a kind of figure that this test does not know: ${figure}`).toBeDefined();
    const text = textOf(link).replace(/(?<=\d) (passed|failed)$/, (word) => (figure === word.trim() ? '' : word));
    // A figure that has not changed is "as" the one before.
    expect(text.replace(/^as /, 'from '), `${figure} ${href}`).toBe(said?.(listed(href)));
  }
  return links.length;
}

describe.each(ORGS)('the figures of %s', (org) => {
  it.each(PAGES)('open their calls on %s', async (path) => {
    const { page, listed, paths } = tenantOf(org);
    if (path === '/topics/' && !paths.has(path)) return expect(org).toBe(ODD);
    expect(expectFigures(await page(path), listed)).toBeGreaterThan(10);
  });

  it('open the calls of a team where only these are counted', async () => {
    const { teams, alone, listed } = tenantOf(org);
    expect(teams.length > 0).toBe(org !== ODD);
    for (const team of teams) {
      for (const kind of OF_TEAMS) {
        const document = await alone(kind, team);
        expect(expectFigures(document, listed), `${kind} ${team.name}`).toBeGreaterThan(10);
        for (const link of linksOf(document, '.lead')) inSentence(link, listed);
        for (const link of linksOf(document, '#figures'))
          expect(listed(link.getAttribute('href') ?? '').filter.team, textOf(link)).toEqual([team.name]);
      }
    }
  });

  it('open their calls in the marks of charts', async () => {
    const { page, listed } = tenantOf(org);
    for (const path of ['/', '/qa/']) {
      const titled = linksOf(await page(path), 'svg').filter((link) => link.querySelector('title'));
      for (const link of titled) {
        const calls = listed(link.getAttribute('href') ?? '');
        // The calls behind a part are the part, not the whole that it is of.
        const title = textOf(link.querySelector('title') as Element).replace(
          / of [\d,]+ (?=(failed|analysed calls)$)/,
          ' ',
        );
        expect(
          MARKS.map((say) => say(calls)).some((end) => title.endsWith(end)),
          title,
        ).toBe(true);
      }
    }
  });

  it('open their calls in the parts of bars, each as wide as its calls are many', async () => {
    const { page, listed } = tenantOf(org);
    const bars = Array.from((await page('/')).querySelectorAll('svg.stack'));
    expect(bars.length).toBeGreaterThan(1);
    for (const bar of bars) {
      const parts = Array.from(bar.querySelectorAll('a')).map((link) => ({
        width: link.querySelector('rect')?.getAttribute('width'),
        calls: listed(link.getAttribute('href') ?? '').calls.length,
      }));
      const all = parts.reduce((sum, { calls }) => sum + calls, 0);
      for (const { width, calls } of parts) expect(width).toBe(((calls / all) * 100).toFixed(2));
    }
  });

  it('open their calls in the sentence', async () => {
    const { page, listed, paths } = tenantOf(org);
    for (const path of PAGES.filter((each) => paths.has(each))) {
      for (const link of linksOf(await page(path), '.lead')) inSentence(link, listed);
    }
  });

  it('open their calls on the pages of agents', async () => {
    const { page, listed, agents } = tenantOf(org);
    expect(agents.length).toBeGreaterThan(0);
    for (const path of agents) expectOpen(await page(path), path, listed);
  });

  it('open their calls on the pages of agents that a browser has drawn of another period', async () => {
    const { listed, agents, fetch } = tenantOf(org);
    const { window } = await siteOf(fetch);
    if (!window) throw new Error('no window');
    for (const path of agents.slice(0, DRAWN)) {
      const view = await drawnOf(tenantOf(org), path, otherThan(window));
      expectOpen(domino.createDocument(await renderer.render(view)), path, listed);
    }
  });

  it('stand on the page of an agent as a browser draws it, with what was noted and said', async () => {
    const { page, agents, fetch } = tenantOf(org);
    const { window } = await siteOf(fetch);
    if (!window) throw new Error('no window');
    for (const path of agents.slice(0, DRAWN)) {
      const view = await drawnOf(tenantOf(org), path, window);
      const drawn = domino.createDocument(await renderer.render(view));
      const figuresOf = (document: Document) => document.getElementById('figures')?.innerHTML.split('<');
      expect(figuresOf(drawn)).toEqual(figuresOf(await page(path)));
    }
  });

  it('open their calls where agents, or the periods of one, are compared', async () => {
    const { listed, fetch } = tenantOf(org);
    const site = await siteOf(fetch);
    if (!site.window) throw new Error('no window');
    const [agents, period] = [Object.keys(site.agents).slice(0, MOST_COMPARED), otherThan(site.window)];
    const views = [
      await comparisonOf(site, { agents, period: site.window }, fetch),
      await comparisonOf(site, { agents: agents.slice(0, 2), period }, fetch),
      await comparisonOf(site, { agents: agents.slice(0, 1), period, against: site.window }, fetch),
    ];
    const validator = new HtmlValidate({ extends: ['html-validate:standard'] });
    for (const view of views) {
      const html = `<!doctype html><html lang="en"><head><title>x</title></head><body>${staticMarkup(ComparisonBody, { view })}</body></html>`;
      const { results } = await validator.validateString(html);
      expect(results.flatMap(({ messages }) => messages)).toEqual([]);
      const document = domino.createDocument(html);
      expectOpen(document, view.of, listed);
      const marks = linksOf(document, 'svg').filter((link) => link.querySelector('title'));
      for (const link of marks) {
        const title = textOf(link.querySelector('title') as Element);
        const calls = listed(link.getAttribute('href') ?? '');
        expect(
          MARKS.map((say) => say(calls)).some((end) => title.endsWith(end)),
          title,
        ).toBe(true);
      }
    }
  });

  it('leave no link to calls unaccounted for', async () => {
    const { page, paths } = tenantOf(org);
    for (const path of PAGES.filter((each) => paths.has(each))) {
      const document = await page(path);
      const known = new Set([...linksOf(document, 'svg'), ...linksOf(document, '.lead')]);
      const others = linksOf(document, 'body').filter((link) => !known.has(link) && !link.hasAttribute('data-figure'));
      expect(others.map(textOf)).toEqual([]);
    }
  });
});

it('meets every kind of figure that it knows', () => {
  expect(Object.keys(FIGURES).filter((figure) => !met.has(figure))).toEqual([]);
});

it('opens calls by topic, by what was said in them, and by a field', () => {
  expect([...asked]).toEqual(expect.arrayContaining(['topic', 'phrase', 'field.Queue']));
});
