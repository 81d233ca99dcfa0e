import { agentOf } from '#shared/figures/dataset.ts';
import type { SiteData } from '#shared/figures/site-data.ts';
import { isDimensionId } from '#shared/filter/dimension-id.ts';
import type { CallCounts, Facet } from '#shared/filter/facets.ts';
import type { CallFilter } from '#shared/filter/filter.ts';
import type { IconName } from '#shared/format/attention-reason.ts';
import { DIRECTIONS, QA_RESULTS, SENTIMENTS } from '#shared/format/labels.ts';
import type { ListedCall } from '../listed-calls.ts';
import FacetGroup, { type FacetValue } from './Facets.tsx';
import { facetName, facetsOf, toggled, valueName, without } from './filter-words.ts';
import SpanFields from './SpanFields.tsx';
import WordsField from './WordsField.tsx';

interface Props {
  site: SiteData;
  filter: CallFilter;
  facets: CallCounts<ListedCall>['facets'];
  onChange: (filter: CallFilter) => void;
}

const ORDER: Facet[] = ['team', 'agent', 'sentiment', 'rule', 'qa', 'grade', 'direction'];
/** Before which the dimensions stand. */
const AFTER_DIMENSIONS = ORDER.indexOf('sentiment');
/** Facets of which the values have an order of their own. */
const FIXED: { [facet in Facet]?: readonly string[] } = {
  sentiment: Object.keys(SENTIMENTS).filter((mood) => mood !== 'none'),
  qa: Object.keys(QA_RESULTS),
  direction: Object.keys(DIRECTIONS),
};
const SHAPES: { [value: string]: IconName } = {
  passed: 'pass',
  failed: 'fail',
  unscored: 'none',
  'not-evaluated': 'none',
  'not-evaluated-yet': 'none',
  'too-short': 'none',
  none: 'none',
};

/** Everything that a list can be filtered by, with counts. What the data does not have is not there. */
export default function Rail({ site, filter, facets, onChange }: Props) {
  const { locale, hasQa } = site.site;
  const span = (part: 'score' | 'seconds') => (value: { least?: number; most?: number } | undefined) =>
    onChange(value ? { ...filter, [part]: value } : without(filter, part));
  return (
    <>
      <WordsField
        text={filter.text ?? ''}
        onChange={(text) => onChange(text ? { ...filter, text } : without(filter, 'text'))}
      />
      {ORDER.toSpliced(AFTER_DIMENSIONS, 0, ...facetsOf(site, filter)).map((facet) => {
        const ticked = filter[facet] ?? [];
        const values = valuesOf(facet, facets[facet] ?? new Map(), ticked, site);
        return (
          (values.length > 1 || ticked.length > 0) && (
            <FacetGroup
              key={facet}
              facet={facet}
              name={
                facet === 'rule'
                  ? `Rule ${filter.result === 'evaluated' ? 'checked' : (filter.result ?? 'failed')}`
                  : facetName(facet)
              }
              values={values}
              ticked={ticked}
              onToggle={(value) => onChange(toggled(filter, facet, value))}
              locale={locale}
            />
          )
        );
      })}
      {hasQa && <SpanFields name="Score" span={filter.score} most={100} onChange={span('score')} />}
      {site.columns.duration && (
        <SpanFields name="Length, minutes" span={filter.seconds} unit={60} onChange={span('seconds')} />
      )}
    </>
  );
}

/** Values that any call has, in an order of their own or most calls first. */
function valuesOf(facet: Facet, counts: Map<string, number>, ticked: readonly string[], site: SiteData): FacetValue[] {
  const fixed = FIXED[facet];
  // Of a dimension only the values that are told apart: there may be as many others as calls.
  const found = isDimensionId(facet) ? [] : counts.keys();
  const all = new Set([...known(facet, site), ...found, ...ticked]);
  const values = [...all].map((value) => ({
    value,
    name: valueName(facet, value, site),
    calls: counts.get(value) ?? 0,
    shape: facet === 'qa' ? SHAPES[value] : facet === 'direction' || facet === 'sentiment' ? shapeOf(value) : undefined,
  }));
  const place = (value: string) => fixed?.indexOf(value) ?? 0;
  const collator = new Intl.Collator(site.site.locale, { numeric: true });
  return values.sort((a, b) =>
    fixed || facet === 'grade'
      ? fixed
        ? rank(place(a.value)) - rank(place(b.value))
        : collator.compare(a.name, b.name)
      : b.calls - a.calls || collator.compare(a.name, b.name),
  );
}

const rank = (place: number): number => (place < 0 ? 99 : place);
const shapeOf = (value: string): IconName => SHAPES[value] ?? (value as IconName);

/** Values that the site knows though no call of the filter has them. */
function known(facet: Facet, site: SiteData): string[] {
  const { hasQa, hasSentiment } = site.site;
  if (facet === 'agent') return Object.keys(site.agents);
  if (facet === 'team') return Object.keys(site.agents).flatMap((id) => agentOf(site, id).team ?? []);
  if (facet === 'rule') return Object.keys(site.rules);
  if (isDimensionId(facet)) return site.dimensions.find(({ id }) => id === facet)?.values ?? [];
  if (facet === 'sentiment' && hasSentiment) return ['positive', 'neutral', 'negative', 'mixed'];
  if (facet === 'qa' && hasQa) return ['passed', 'failed'];
  return [];
}
