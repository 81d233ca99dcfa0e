import { isTimeZone } from '../../../lib/time-zones.ts';
import { ruleId } from '../../../normalize/rules.ts';
import type { WideName } from '../../../tenants/column-names.ts';
import type { TenantConfig } from '../../../tenants/config.ts';
import { type SeenAgent, seenAgents } from './agents.ts';
import { guessColumns, type UnreadColumn } from './columns.ts';
import { guessDomains, type SeenDomain } from './domains.ts';
import type { Sample } from './sample.ts';
import { agreed, counts, extraOf, type SeenCall, seenCalls } from './seen.ts';

/** What the data of an organization suggests for its configuration. */
export interface Proposal {
  /** Calls that were read. */
  calls: number;
  /** Calls with a start, and those whose agent is known with what is proposed. */
  dated: number;
  withAgent: number;
  /** Zone and language that the data itself names. */
  timeZone?: string;
  language?: string;
  domains: SeenDomain[];
  /** Calls with an address at one end. */
  addressed: number;
  agents: SeenAgent[];
  /** Ids of all agents, those without an entry too. */
  agentIds: string[];
  teams: string[];
  /** Rules, the most frequent first, as the newest call spells them. */
  rules: { name: string; evaluated: number; passed: number }[];
  columns: { [name in WideName]?: string };
  unread: UnreadColumn[];
}

/** What a person decides, beside what the data suggests. */
export interface Given {
  name?: string;
  timeZone: string;
  recipients: readonly string[];
}

/** @param config the defaults, with what `qa-config.json` and `ai-config.json` say */
export function proposalOf(sample: Sample, config: TenantConfig): Proposal {
  const { columns, unread } = guessColumns(sample.sheets, config);
  const plain = seenCalls(sample, { ...config, agentDomains: [], columns });
  const { domains, addressed } = guessDomains(plain);
  const names = domains.map(({ domain }) => domain);
  const seen = seenCalls(sample, { ...config, agentDomains: names, columns });
  const { agents, ids, teams } = seenAgents(seen, names);
  const zone = agreed(plain.flatMap((each) => zoneOf(each, columns.started_at ?? 'started_at') ?? []));
  const language = agreed(plain.flatMap((each) => languageOf(each) ?? []));
  return {
    calls: seen.length,
    dated: seen.filter(({ call }) => call.day !== null).length,
    withAgent: seen.filter(({ call }) => call.agent !== null).length,
    ...(zone !== undefined && { timeZone: zone }),
    ...(language !== undefined && { language }),
    ...{ domains, addressed, agents, agentIds: ids, teams },
    rules: rulesOf(seen),
    ...{ columns, unread },
  };
}

/** `report-config.json`, ready to be written: what says nothing new is left out. */
export function specOf(
  { language, domains, agents, columns }: Proposal,
  { name, timeZone, recipients }: Given,
  schema: string,
): object {
  const people = agents.map(({ id, name: own, team }) => [id, { name: own, team }] as const);
  return JSON.parse(
    JSON.stringify({
      $schema: schema,
      name,
      timeZone,
      language,
      agentDomains: domains.length > 0 ? domains.map(({ domain }) => domain) : undefined,
      agents: people.length > 0 ? Object.fromEntries(people) : undefined,
      columns: Object.keys(columns).length > 0 ? columns : undefined,
      digest: recipients.length > 0 ? { recipients: recipients.map((address) => ({ address })) } : undefined,
    }),
  );
}

/** A zone that a call's own data names: a field of its metadata, a column, or the end of its start. */
function zoneOf(each: SeenCall, column: string): string | undefined {
  const own = extraOf(each, 'zone');
  if (own !== undefined && isTimeZone(own)) return own;
  const end = /[\s[]([A-Za-z]+\/[\w+/-]+)\]?$/.exec(each.extras.get(column) ?? '')?.[1];
  return end !== undefined && isTimeZone(end) ? end : undefined;
}

/** The language that was spoken, where the pipeline heard it or a column says it; never the one setting of a whole pipeline. */
function languageOf(each: SeenCall): string | undefined {
  const tag = each.call.language ?? extraOf(each, 'language');
  return /^([a-z]{2,3})(?:[-_][a-z0-9]+)*$/i.exec(tag ?? '')?.[1]?.toLowerCase();
}

function rulesOf(seen: readonly SeenCall[]): Proposal['rules'] {
  const results = seen.flatMap(({ call }) => call.rules).filter(({ pass }) => pass !== undefined);
  const byRule = Map.groupBy(results, ({ name }) => ruleId(name));
  return counts(results.map(({ name }) => ruleId(name))).map(([id, evaluated]) => {
    const own = byRule.get(id) ?? [];
    return { name: own[0]?.name ?? id, evaluated, passed: own.filter(({ pass }) => pass === true).length };
  });
}
