import { type CallFilter, isWanted } from '#lib/call-filter.ts';
import { DIRECTION_WORDS, QA_WORDS, SENTIMENT_WORDS } from '#lib/filter-words.ts';
import { count } from '#lib/format.ts';
import { agentOf } from '../../../../generator/report/counted.ts';
import type { SiteData } from '../../../../generator/report/site-data.ts';
import type { ListedCall } from './load.ts';

interface Props {
  site: SiteData;
  filter: CallFilter;
  /** All that are loaded. */
  calls: readonly ListedCall[];
  onChange: (filter: CallFilter) => void;
}

type Choice = 'agent' | 'team' | 'direction' | 'sentiment' | 'qa' | 'grade' | 'rule';

/** The filters of the list. Each choice says how many calls it would leave, with all other filters as they are. */
export default function Filters({ site, filter, calls, onChange }: Props) {
  const { locale } = site.site;
  const set = (changes: CallFilter) => onChange({ ...filter, ...changes });
  const choice = (name: string, key: Choice, valuesOf: (call: ListedCall) => readonly string[], words: Words) => {
    const others = { ...filter, [key]: undefined };
    const counts = new Map<string, number>();
    for (const call of calls) {
      if (!isWanted(others, call.facts)) continue;
      for (const value of valuesOf(call)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const chosen = filter[key]?.length === 1 ? filter[key][0] : undefined;
    if (counts.size < 2 && !filter[key]) return null;
    const options = [...counts].sort(([a], [b]) => words(a).localeCompare(words(b), locale));
    return (
      <label>
        {name}
        <select
          value={chosen === undefined ? '' : mark(chosen)}
          onChange={({ target: { value } }) => set({ [key]: value === '' ? undefined : [unmark(value)] })}
        >
          <option value="">{(filter[key]?.length ?? 0) > 1 ? 'Several' : 'Any'}</option>
          {options.map(([value, n]) => (
            <option key={value} value={mark(value)}>{`${words(value)} (${count(n, locale)})`}</option>
          ))}
        </select>
      </label>
    );
  };
  const number = (name: string, key: 'score' | 'seconds', end: 'least' | 'most', unit: number) => {
    const value = filter[key]?.[end];
    return (
      <label>
        {name}
        <input
          type="number"
          min="0"
          step="any"
          value={value === undefined ? '' : value / unit}
          onChange={({ target }) => {
            const span = {
              ...filter[key],
              [end]: target.value === '' ? undefined : Math.round(Number(target.value) * unit),
            };
            set({ [key]: span.least === undefined && span.most === undefined ? undefined : span });
          }}
        />
      </label>
    );
  };
  const date = (name: string, key: 'from' | 'to') => (
    <label>
      {name}
      <input
        type="date"
        value={filter[key] ?? ''}
        min={site.days[0]?.[0]}
        max={site.days.at(-1)?.[0]}
        onChange={({ target }) => set({ [key]: target.value || undefined, undated: undefined })}
      />
    </label>
  );
  return (
    <form className="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <label className="wide">
        Text in summary, topic, number or id
        <input
          type="search"
          value={filter.text ?? ''}
          onChange={({ target }) => set({ text: target.value || undefined })}
        />
      </label>
      {date('From', 'from')}
      {date('To', 'to')}
      {choice(
        'Agent',
        'agent',
        ({ facts }) => [facts.agent],
        (id) => agentOf(site, id).name,
      )}
      {choice('Team', 'team', ({ facts }) => (facts.team === undefined ? [] : [facts.team]), String)}
      {choice('Direction', 'direction', ({ facts }) => [facts.direction], wordsIn(DIRECTION_WORDS))}
      {site.site.hasSentiment &&
        choice(
          'Sentiment',
          'sentiment',
          ({ facts }) => (facts.qa === 'too-short' ? [] : [facts.label ?? 'none']),
          wordsIn(SENTIMENT_WORDS),
        )}
      {site.site.hasQa && choice('QA result', 'qa', ({ facts }) => [facts.qa], wordsIn(QA_WORDS))}
      {site.site.hasQa &&
        choice(
          'Rule failed',
          'rule',
          ({ facts }) => facts.failed,
          (id) => site.rules[id]?.name ?? id,
        )}
      {site.site.hasQa && choice('Grade', 'grade', ({ facts }) => (facts.grade ? [facts.grade] : []), String)}
      {site.site.hasQa && number('Score from', 'score', 'least', 1)}
      {site.site.hasQa && number('Score to', 'score', 'most', 1)}
      {number('Minutes from', 'seconds', 'least', 60)}
      {number('Minutes to', 'seconds', 'most', 60)}
    </form>
  );
}

type Words = (value: string) => string;
const wordsIn =
  (words: { [value: string]: string }): Words =>
  (value) =>
    words[value] ?? value;

/** "" chooses nothing, and is the unknown agent's id as well: values of options begin with a mark. */
const mark = (value: string): string => `=${value}`;
const unmark = (value: string): string => value.slice(1);
