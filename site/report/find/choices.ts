import type { SiteData } from '#shared/figures/site-data.ts';
import type { CallFilter, QaResult } from '#shared/filter/filter.ts';
import { orList } from '#shared/format/english.ts';
import { QA_RESULTS } from '#shared/format/labels.ts';
import { valueName } from '../explorer/filters/filter-words.ts';
import { ruleName } from '../explorer/listed-calls.ts';

/** One thing that a search can be narrowed by. */
export interface Choice {
  key: string;
  name: string;
  /** What it says where nothing is chosen. */
  any: string;
  /** "" where nothing is chosen. */
  value: string;
  values: [value: string, name: string][];
  /** The filter with a value chosen, or none of them. */
  choose: (value: string) => CallFilter;
}

type Key = 'agent' | 'team' | 'qa' | 'topic';

/** Several values, which an address may have: they stay until another is chosen. */
const SEVERAL = '\u0000several';
const FAILED = 'failed ';
const PASSED = 'passed ';

/** What the calls of a site can be narrowed by; what the data does not have is not there. */
export function choicesOf(site: SiteData, filter: CallFilter): Choice[] {
  const { locale, hasQa } = site.site;
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const sorted = (values: readonly string[], name: (value: string) => string) =>
    [...new Set(values)].map((value): [string, string] => [value, name(value)]).sort((a, b) => compare(a[1], b[1]));
  const one = (key: Key, name: string, any: string, values: [string, string][]): Choice[] => {
    const chosen: readonly string[] = filter[key] ?? [];
    if (values.length < 2 && chosen.length === 0) return [];
    const [only = ''] = chosen;
    const words = (value: string) => valueName(key, value, site);
    const extra: [string, string][] =
      chosen.length > 1
        ? [[SEVERAL, orList(chosen.map(words), locale)]]
        : only !== '' && !values.some(([value]) => value === only)
          ? [[only, words(only)]]
          : [];
    return [
      {
        ...{ key, name, any, value: chosen.length > 1 ? SEVERAL : only, values: [...values, ...extra] },
        choose: (value) => without(filter, key, value),
      },
    ];
  };
  const topics = site.dimensions.find(({ id }) => id === 'topic')?.values ?? [];
  return [
    ...one(
      'agent',
      'Agent',
      'Any agent',
      sorted(Object.keys(site.agents), (id) => valueName('agent', id, site)),
    ),
    ...one(
      'team',
      'Team',
      'Any team',
      sorted(
        site.teams.map(({ name }) => name),
        (name) => name,
      ),
    ),
    ...(hasQa ? one('qa', 'QA result', 'Any result', resultsOf()) : []),
    ...(hasQa ? [ruleChoice(site, filter, sorted)] : []),
    ...one(
      'topic',
      'Topic',
      'Any topic',
      sorted(topics, (topic) => topic),
    ),
  ];
}

const resultsOf = (): [string, string][] =>
  (['passed', 'failed', 'not-evaluated'] satisfies QaResult[]).map((result) => [result, QA_RESULTS[result]]);

/** A rule together with what came of it. */
function ruleChoice(
  site: SiteData,
  filter: CallFilter,
  sorted: (values: readonly string[], name: (value: string) => string) => [string, string][],
): Choice {
  const { rule = [], result = 'failed' } = filter;
  const rules = sorted([...Object.keys(site.rules), ...rule], (id) => ruleName(site, id));
  const value = rule.length === 0 ? '' : rule.length > 1 || result === 'evaluated' ? SEVERAL : `${result} ${rule[0]}`;
  const several = `${result === 'evaluated' ? 'Checked' : result === 'passed' ? 'Passed' : 'Failed'}: ${orList(
    rule.map((id) => ruleName(site, id)),
    site.site.locale,
  )}`;
  return {
    ...{ key: 'rule', name: 'Rule', any: 'Any rule', value },
    values: [
      ...rules.map(([id, name]): [string, string] => [FAILED + id, `Failed: ${name}`]),
      ...rules.map(([id, name]): [string, string] => [PASSED + id, `Passed: ${name}`]),
      ...(value === SEVERAL ? [[SEVERAL, several] as [string, string]] : []),
    ],
    choose: (chosen) => {
      if (chosen === SEVERAL) return filter;
      const { rule: _rule, result: _result, ...others } = filter;
      if (chosen.startsWith(PASSED)) return { ...others, rule: [chosen.slice(PASSED.length)], result: 'passed' };
      return chosen === '' ? others : { ...others, rule: [chosen.slice(FAILED.length)] };
    },
  };
}

function without(filter: CallFilter, key: Key, value: string): CallFilter {
  if (value === SEVERAL) return filter;
  const { [key]: _before, ...others } = filter;
  return value === '' ? others : { ...others, [key]: [value] };
}
