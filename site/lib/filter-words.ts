import type { CallFilter, QaResult, Span } from './call-filter.ts';
import { count, dayAndYear, duration, span } from './format.ts';

/** Names that a filter's ids stand for. */
export interface FilterNames {
  agent: (id: string) => string;
  rule: (id: string) => string;
  locale: string;
}

/** One condition in words, and the filter without it. */
export interface Chip {
  name: string; // e.g., "Team"
  value: string; // e.g., "South"
  without: CallFilter;
}

export const QA_WORDS: { [result in QaResult]: string } = {
  passed: 'Passed',
  failed: 'Failed',
  unscored: 'No overall result',
  'not-evaluated': 'Not evaluated',
  'not-evaluated-yet': 'Not evaluated yet',
  'too-short': 'Too short',
};
export const SENTIMENT_WORDS = {
  positive: 'Positive',
  neutral: 'Neutral',
  negative: 'Negative',
  mixed: 'Mixed',
  none: 'Not analysed',
};
export const DIRECTION_WORDS = { inbound: 'Inbound', outbound: 'Outbound', internal: 'Internal', unknown: 'Unknown' };
const WITH_WORDS = { duration: 'a length', sentiment: 'a sentiment score', score: 'a QA score' };
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** What a filter asks for, one entry a condition; of several values of one key they are in one entry. */
export function chipsOf(filter: CallFilter, { agent, rule, locale }: FilterNames): Chip[] {
  const without = (...keys: (keyof CallFilter)[]): CallFilter =>
    Object.fromEntries(Object.entries(filter).filter(([key]) => !keys.includes(key as keyof CallFilter)));
  const chips: Chip[] = [];
  const add = (name: string, values: readonly string[] | undefined, ...keys: (keyof CallFilter)[]) => {
    if (values?.length) chips.push({ name, value: values.join(' or '), without: without(...keys) });
  };
  const { from, to } = filter;
  const days =
    from && to
      ? daysInWords(from, to, locale)
      : from
        ? `from ${dayAndYear(from, locale)}`
        : to && `to ${dayAndYear(to, locale)}`;
  add('Days', days ? [days] : undefined, 'from', 'to');
  add('Days', filter.undated && ['without a start'], 'undated');
  add('Agent', filter.agent?.map(agent), 'agent');
  add('Team', filter.team, 'team');
  add(
    'Direction',
    filter.direction?.map((each) => DIRECTION_WORDS[each]),
    'direction',
  );
  add(
    'Weekday',
    filter.weekday?.map((each) => WEEKDAYS[Number(each)] ?? each),
    'weekday',
  );
  add(
    'Hour',
    filter.hour?.map((each) => `${each}:00 to ${each}:59`),
    'hour',
  );
  add(
    'Sentiment',
    filter.sentiment?.map((each) => SENTIMENT_WORDS[each]),
    'sentiment',
  );
  add(
    'QA',
    filter.qa?.map((each) => QA_WORDS[each]),
    'qa',
  );
  add('Grade', filter.grade, 'grade');
  add(`Rule ${filter.result ?? 'failed'}`, filter.rule?.map(rule), 'rule', 'result');
  add('Critical rule', filter.critical && ['failed'], 'critical');
  add(
    'With',
    filter.with?.map((each) => WITH_WORDS[each]),
    'with',
  );
  add(
    'Score',
    spanWords(filter.score, (n) => count(n, locale)),
    'score',
  );
  add('Length', spanWords(filter.seconds, duration), 'seconds');
  add('Text', filter.text ? [`“${filter.text}”`] : undefined, 'text');
  return chips;
}

const daysInWords = (from: string, to: string, locale: string): string =>
  from === to ? dayAndYear(from, locale) : span(from, to, locale);

function spanWords(limits: Span | undefined, inWords: (n: number) => string): string[] | undefined {
  const { least, most } = limits ?? {};
  if (least !== undefined && most !== undefined) return [`${inWords(least)} to ${inWords(most)}`];
  if (least !== undefined) return [`${inWords(least)} or more`];
  return most === undefined ? undefined : [`${inWords(most)} or less`];
}
