import { type AttentionRules, namesOf } from '#shared/calls/attention.ts';
import { UNDATED } from '#shared/counts/fold.ts';
import { EVER } from '#shared/counts/sums.ts';
import type { Dataset } from '#shared/figures/dataset.ts';
import { callsByDay } from '#shared/figures/site-data.ts';
import { count } from '#shared/format/format.ts';
import type { Counted } from '../days/months.ts';
import type { State } from '../days/state.ts';
import { outsideNames } from '../masking/outside-names.ts';
import { ruleId } from '../normalize/rules.ts';
import type { Trouble } from '../publish/status.ts';
import type { TenantConfig } from '../tenants/config.ts';
import { configuredAgent, type Names, teamsOf } from './agent-names.ts';
import { type Context, contextOf } from './context.ts';
import { refusedCount } from './remarks.ts';
import { type MissingColumn, missingColumns, type SheetColumns, unreadColumns } from './sheet-columns.ts';
import { troubleText } from './trouble-text.ts';
import { type UnknownRule, unknownRules } from './unknown-rules.ts';
import { defaultWindow } from './window.ts';

/** What every page of an organization is made from; pure from the state and the configuration. */
export interface Report extends Dataset, Context {
  attention: AttentionRules;
  troubles: Trouble[];
  sheetColumns: SheetColumns[];
  missingColumns: MissingColumn[];
  unknownRules: UnknownRule[];
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
export function reportOf(org: string, state: State, { cubes, usual }: Counted, given: TenantConfig): Report {
  const context = contextOf(org, state, cubes, given);
  const { config, days, sums, folded, known } = context;
  const { counts } = sums.all(EVER);
  const critical = new Set(config.criticalRules.map(ruleId));
  const show = outsideNames(config);
  const { troubles, unreadStarts } = state.told;
  const agents = agentsOf(context, sums.agents(EVER).keys());
  const window = defaultWindow(new Map(callsByDay(sums)), folded.processed, config.timeZone);
  return {
    ...context,
    agents,
    teams: teamsOf(agents),
    rules: folded.rules,
    critical,
    dimensions: state.dimensions,
    first: [...days.keys()][0],
    window,
    attention: {
      passMark: config.passMark,
      critical,
      names: namesOf(folded.rules),
      usual,
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
    troubles,
    sheetColumns: unreadColumns(state, show),
    missingColumns: missingColumns(state, config),
    unknownRules: unknownRules(config, folded.rules),
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

/** Every known agent, by id. */
function agentsOf(names: Names, ids: Iterable<string>): Report['agents'] {
  const agents = Object.create(null) as Report['agents'];
  for (const id of ids) if (id !== '') agents[id] = configuredAgent(names, id);
  return agents;
}
