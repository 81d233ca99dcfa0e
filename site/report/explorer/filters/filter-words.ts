import { agentOf } from '#shared/figures/dataset.ts';
import type { SiteData } from '#shared/figures/site-data.ts';
import { type DimensionId, dimensionName, dimensionValue, isDimensionId } from '#shared/filter/dimension-id.ts';
import type { Facet } from '#shared/filter/facets.ts';
import { type CallFilter, dimensionsIn } from '#shared/filter/filter.ts';
import type { FilterPart } from '#shared/filter/match.ts';
import { englishLocaleOf, orList, weekdayName } from '#shared/format/english.ts';
import { day, decimal, duration, hourOfDay, span } from '#shared/format/format.ts';
import { DIRECTIONS, QA_RESULTS, SENTIMENTS } from '#shared/format/labels.ts';
import { partyName } from '#shared/format/party-name.ts';
import { ruleName } from '../listed-calls.ts';

/** What a filter asks for, in words. */
export interface Part {
  part: FilterPart;
  label: string;
  value: string;
}

const FACET_NAMES: { [facet in Exclude<Facet, DimensionId>]: string } = {
  team: 'Team',
  agent: 'Agent',
  direction: 'Direction',
  sentiment: 'Sentiment',
  qa: 'QA result',
  rule: 'Rule failed',
  grade: 'Grade',
};
const FIGURES = { duration: 'a length', sentiment: 'a sentiment score', score: 'a QA score' };
const RESULTS = { failed: 'Rule failed', passed: 'Rule passed', evaluated: 'Rule checked' };

export const facetName = (facet: Facet): string => (isDimensionId(facet) ? dimensionName(facet) : FACET_NAMES[facet]);

/** The dimensions that calls can be filtered by: those of the site, and what an address asks for besides. */
export const facetsOf = ({ dimensions }: SiteData, filter: CallFilter): DimensionId[] => [
  ...new Set([...dimensions.map(({ id }) => id), ...dimensionsIn(filter)]),
];

/** A value of a facet as shown. */
export function valueName(facet: Facet, value: string, site: SiteData): string {
  if (isDimensionId(facet)) return dimensionValue(facet, value);
  if (facet === 'agent') return value !== '' && !Object.hasOwn(site.agents, value) ? value : agentOf(site, value).name;
  if (facet === 'rule') return ruleName(site, value);
  const names: { [value: string]: string } =
    facet === 'direction' ? DIRECTIONS : facet === 'sentiment' ? SENTIMENTS : facet === 'qa' ? QA_RESULTS : {};
  return Object.hasOwn(names, value) ? (names[value] ?? value) : value;
}

/** Each part of a filter in words, in the order in which a reader would say them. */
export function partsOf(filter: CallFilter, site: SiteData): Part[] {
  const { locale } = site.site;
  const english = englishLocaleOf(locale);
  const {
    from,
    to,
    undated,
    rule,
    result = 'failed',
    critical,
    attention,
    score,
    seconds,
    text,
    found,
    hour,
    weekday,
  } = filter;
  const parts: Part[] = [];
  const add = (part: FilterPart, label: string, value: string | false | undefined) => {
    if (value) parts.push({ part, label, value });
  };
  const any = (list: readonly string[] | undefined, name: (value: string) => string): string | undefined =>
    list?.length ? orList(list.map(name), locale) : undefined;
  add(
    'period',
    'Period',
    from && to
      ? from === to
        ? day(from, locale)
        : span(from, to, locale)
      : from
        ? `from ${day(from, english)}`
        : to && `to ${day(to, english)}`,
  );
  add('undated', 'Start', undated && 'Unknown');
  const own = dimensionsIn(filter);
  for (const facet of ['team', 'agent', 'direction', 'sentiment', 'qa', 'grade', ...own] as const)
    add(
      facet,
      facetName(facet),
      any(filter[facet], (value) => valueName(facet, value, site)),
    );
  add(
    'rule',
    RESULTS[result],
    any(rule, (id) => ruleName(site, id)),
  );
  add('critical', 'Critical rule', critical && 'Failed');
  add('attention', 'Needs', attention && 'attention');
  add(
    'party',
    'Other party',
    any(filter.party, (id) => partyName(id)),
  );
  add(
    'with',
    'With',
    any(filter.with, (figure) => FIGURES[figure as keyof typeof FIGURES]),
  );
  add('score', 'Score', score && spanText(score, (n) => decimal(n, locale)));
  add('seconds', 'Length', seconds && spanText(seconds, duration));
  add(
    'hour',
    'Hour of the start',
    any(hour, (each) => hourOfDay(Number(each), locale)),
  );
  add(
    'weekday',
    'Weekday',
    any(weekday, (each) => weekdayName(Number(each), locale)),
  );
  add('text', 'Words', text && `“${text}”`);
  add('found', 'Found by', found && 'a search of transcripts');
  return parts;
}

/** A filter without one of its parts. */
export function without(filter: CallFilter, part: FilterPart): CallFilter {
  const keys: (keyof CallFilter)[] = part === 'period' ? ['from', 'to'] : part === 'rule' ? ['rule', 'result'] : [part];
  return Object.fromEntries(Object.entries(filter).filter(([key]) => !keys.includes(key as keyof CallFilter)));
}

/** A filter with a value of a facet ticked, or no longer. */
export function toggled(filter: CallFilter, facet: Facet, value: string): CallFilter {
  const now: readonly string[] = filter[facet] ?? [];
  const list = now.includes(value) ? now.filter((each) => each !== value) : [...now, value];
  return list.length > 0 ? { ...filter, [facet]: list } : without(filter, facet);
}

const spanText = ({ least, most }: { least?: number; most?: number }, text: (n: number) => string): string =>
  least === most && least !== undefined
    ? text(least)
    : [least !== undefined && `from ${text(least)}`, most !== undefined && `to ${text(most)}`]
        .filter(Boolean)
        .join(' ');
