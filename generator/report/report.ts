import { type AttentionRules, namesOf, usualLength } from '#shared/calls/attention.ts';
import type { Cube } from '#shared/counts/cube.ts';
import { type Folded, foldWhole, UNDATED } from '#shared/counts/fold.ts';
import { EVER, sumsOf } from '#shared/counts/sums.ts';
import type { Dataset } from '#shared/figures/dataset.ts';
import { callsByDay } from '#shared/figures/site-data.ts';
import { type Columns, columnsOf } from '#shared/figures/totals.ts';
import { count } from '#shared/format/format.ts';
import type { SiteView } from '#shared/view.ts';
import { type CallCounts, countsOf } from '../days/ranges.ts';
import type { State } from '../days/state.ts';
import { linkMark } from '../lib/link-mark.ts';
import { outsideNames } from '../masking/outside-names.ts';
import { ruleId } from '../normalize/rules.ts';
import type { Trouble } from '../publish/status.ts';
import { DAYS, type TenantConfig } from '../tenants/config.ts';
import { agentDomainOf, configuredAgent, type Names } from './agent-names.ts';
import { refusedCount } from './remarks.ts';
import { type MissingColumn, missingColumns, type SheetColumns, unreadColumns } from './sheet-columns.ts';
import { troubleText } from './trouble-text.ts';
import { defaultWindow } from './window.ts';

/** What every page of an organization is made from; pure from the state and the configuration. */
export interface Report extends Dataset {
  config: TenantConfig;
  /** The one domain of all agents' addresses, which need not be told with each; see `agentDomainOf`. */
  agentDomain: string | undefined;
  /** Day → cube; calls without a start apart. */
  days: Map<string, Cube>;
  undated?: Cube;
  folded: Folded;
  attention: AttentionRules;
  /** What all calls sum up to, those of which no record could be made among them. */
  known: CallCounts;
  troubles: Trouble[];
  sheetColumns: SheetColumns[];
  missingColumns: MissingColumn[];
}

/** What the page of one call needs of the whole: plain data, so that it can go to another thread. */
export type CallFrame = Pick<Report, 'config' | 'site' | 'attention' | 'agentDomain'>;

/** Without the newest year: else each call's page would be made again when a new one begins. Its dates have theirs always. */
export const callFrame = ({ config, site, attention, agentDomain }: Report): CallFrame => ({
  config,
  site: { ...site, year: '' },
  attention,
  agentDomain,
});

/** @param org shown where the tenant has given no name */
export function reportOf(org: string, state: State, given: TenantConfig): Report {
  const entries = Object.entries(state.days).sort(([a], [b]) => (a < b ? -1 : 1));
  const days = new Map(entries.filter(([day]) => day !== UNDATED).map(([day, { cube }]) => [day, cube]));
  const undated = state.days[UNDATED]?.cube;
  const cubes = entries.map(([, { cube }]) => cube);
  const folded = foldWhole(cubes);
  const config = { ...given, agents: agentsAsSpelt(given.agents, folded.names) };
  const sums = sumsOf(days, undated);
  const { counts } = sums.all(EVER);
  const columns = columnsOf(counts, config.criticalRules);
  const critical = new Set(config.criticalRules.map(ruleId));
  const known = countsOf(state.ranges);
  const show = outsideNames(config);
  const { troubles, unreadStarts } = state.told;
  const window = defaultWindow(new Map(callsByDay(sums)), folded.processed, config.timeZone);
  const agentDomain = agentDomainOf(config, cubes);
  return {
    config,
    site: siteOf(org, config, columns, known, [...days.keys()].at(-1)?.slice(0, 4)),
    columns,
    agentDomain,
    agents: agentsOf({ config, agentDomain }, cubes),
    rules: folded.rules,
    critical,
    first: [...days.keys()][0],
    days,
    undated,
    sums,
    folded,
    window,
    attention: {
      passMark: config.passMark,
      critical,
      names: namesOf(folded.rules),
      usual: usualLength(folded.durations),
    },
    trust: {
      period: window && { from: window.from, to: window.to },
      timeZone: config.timeZone,
      timeZoneStated: config.timeZoneStated,
      dataTo: folded.started,
      read: counts.calls,
      refused: refusedCount(state),
      notEvaluated: counts.notEvaluated,
      notEvaluatedYet: counts.notEvaluatedYet,
      evaluatedWithoutScore: counts.unscored > 0 ? counts.unscored : undefined,
      tooShort: counts.tooShort,
      transcribedNotAnalysed: known.kinds.transcribed ?? 0,
      undated: sums.day(UNDATED).counts.calls,
      unreadStarts: unreadStarts || undefined,
      troubles: troubles.length > 0 ? troubleTexts(troubles, config.locale) : undefined,
    },
    known,
    troubles,
    sheetColumns: unreadColumns(state, show),
    missingColumns: missingColumns(state, config),
  };
}

/** Every page knows of them, so that there is an end to it: a sheet may have any number of columns. */
const MOST_TROUBLES = 50;

function troubleTexts(troubles: readonly Trouble[], locale: string): string[] {
  const words = { name: (name: string) => `“${name}”`, count: (n: number) => count(n, locale) };
  const texts = troubles.slice(0, MOST_TROUBLES).map((trouble) => troubleText(trouble, words));
  const more = troubles.length - texts.length;
  return more > 0 ? [...texts, `And ${count(more, locale)} more.`] : texts;
}

function siteOf(
  org: string,
  config: TenantConfig,
  columns: Columns,
  { kinds, rows }: CallCounts,
  year: string | undefined,
): SiteView {
  return {
    mark: linkMark(org),
    name: config.brand.name ?? config.name ?? org,
    logo: config.brand.logo === undefined ? undefined : `/${config.brand.logo}`,
    locale: config.locale,
    timeZone: config.timeZone,
    passMark: config.passMark,
    minimumN: config.minimumN,
    hasQa: columns.qa,
    hasSentiment: columns.sentiment,
    ...((kinds.call ?? 0) > rows && { fromPipeline: true as const }),
    ...(rows > 0 && { fromSheets: true as const }),
    year,
    weekStart: (DAYS.indexOf(config.weekStart) + 1) % 7,
  };
}

/** Agents that go by a name are shown as they were last spelt, where the tenant has given them no name. */
function agentsAsSpelt(given: TenantConfig['agents'], names: Folded['names']): TenantConfig['agents'] {
  const agents = Object.assign(Object.create(null) as TenantConfig['agents'], given);
  for (const [id, { name }] of Object.entries(names)) agents[id] = { ...agents[id], name: agents[id]?.name ?? name };
  return agents;
}

/** Every known agent of some cubes, by id. */
function agentsOf(names: Names, cubes: readonly Cube[]): Report['agents'] {
  const agents = Object.create(null) as Report['agents'];
  for (const id of cubes.flatMap((cube) => Object.keys(cube.agents)))
    if (id !== '') agents[id] ??= configuredAgent(names, id);
  return agents;
}
