import type { Cube } from '#shared/counts/cube.ts';
import { type Folded, foldWhole, UNDATED } from '#shared/counts/fold.ts';
import { EVER, type Sums, sumsOf } from '#shared/counts/sums.ts';
import { hasTopics } from '#shared/figures/topics.ts';
import { type Columns, columnsOf } from '#shared/figures/totals.ts';
import type { SiteView, Targets } from '#shared/view.ts';
import { type CallCounts, countsOf } from '../days/ranges.ts';
import type { State } from '../days/state.ts';
import { linkMark } from '../lib/link-mark.ts';
import { ruleId } from '../normalize/rules.ts';
import type { TenantConfig } from '../tenants/config.ts';
import { weekdayNumber } from '../tenants/spec-parts.ts';
import { agentDomainOf } from './agent-names.ts';

/** What the page of any call takes from all calls together, and what that follows from. */
export interface Context {
  /** Agents have their name as last spelt, where the tenant has given them none. */
  config: TenantConfig;
  site: SiteView;
  columns: Columns;
  /** The one domain of all agents' addresses, which need not be told with each; see `agentDomainOf`. */
  agentDomain: string | undefined;
  /** Day → cube, oldest first; calls without a start apart. */
  days: Map<string, Cube>;
  undated?: Cube;
  sums: Sums;
  folded: Folded;
  /** What all calls sum up to, those of which no record could be made among them. */
  known: CallCounts;
}

/**
 * @param org shown where the tenant has given no name
 * @param all by date, oldest first; calls without a start are the last
 */
export function contextOf(
  org: string,
  { ranges, dimensions }: Pick<State, 'ranges' | 'dimensions'>,
  all: ReadonlyMap<string, Cube>,
  given: TenantConfig,
): Context {
  const days = new Map([...all].filter(([day]) => day !== UNDATED));
  const undated = all.get(UNDATED);
  const cubes = [...all.values()];
  const folded = foldWhole(cubes);
  const config = { ...given, agents: agentsAsSpelt(given.agents, folded.names) };
  const sums = sumsOf(days, undated);
  const columns = columnsOf(sums.all(EVER).counts, config.criticalRules);
  const known = countsOf(ranges);
  return {
    config,
    site: siteOf(org, config, columns, known, hasTopics(dimensions), [...days.keys()].at(-1)?.slice(0, 4)),
    columns,
    agentDomain: agentDomainOf(config, cubes),
    days,
    undated,
    sums,
    folded,
    known,
  };
}

function siteOf(
  org: string,
  config: TenantConfig,
  columns: Columns,
  { kinds, rows }: CallCounts,
  topics: boolean,
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
    ...(config.targets && { targets: targetsOf(config.targets) }),
    hasSentiment: columns.sentiment,
    ...(topics && { hasTopics: true as const }),
    ...((kinds.call ?? 0) > rows && { fromPipeline: true as const }),
    ...(rows > 0 && { fromSheets: true as const }),
    year,
    weekStart: weekdayNumber(config.weekStart),
  };
}

/** Rules by their identity. */
function targetsOf({ rules, ...targets }: NonNullable<TenantConfig['targets']>): Targets {
  if (!rules) return targets;
  return { ...targets, rules: Object.fromEntries(Object.entries(rules).map(([name, share]) => [ruleId(name), share])) };
}

/** Agents that go by a name are shown as they were last spelt, where the tenant has given them no name. */
function agentsAsSpelt(given: TenantConfig['agents'], names: Folded['names']): TenantConfig['agents'] {
  const agents = Object.assign(Object.create(null) as TenantConfig['agents'], given);
  for (const [id, { name }] of Object.entries(names)) agents[id] = { ...agents[id], name: agents[id]?.name ?? name };
  return agents;
}
