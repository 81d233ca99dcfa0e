import { Fragment } from 'react';
import type { CallFilter } from '#shared/filter/filter.ts';
import { count, share } from '#shared/format/format.ts';
import type { SentimentLabel } from '#shared/model.ts';
import type { Totals } from '#shared/view.ts';
import FigureLink from '../components/ui/FigureLink.tsx';
import Icon from '../components/ui/Icon.tsx';

interface Props {
  totals: Totals;
  /** The calls that these are of. */
  of: CallFilter;
  locale: string;
}

const LABELS: { label: SentimentLabel; name: string }[] = [
  { label: 'negative', name: 'negative' },
  { label: 'neutral', name: 'neutral' },
  { label: 'mixed', name: 'mixed' },
  { label: 'positive', name: 'positive' },
];

/** The labels of the analysed calls in one line, each with its share. */
export default function SentimentShares({ totals, of, locale }: Props) {
  const labelled = LABELS.reduce((n, { label }) => n + (totals[label] ?? 0), 0);
  if (labelled === 0) return null;
  return (
    <p className="note shares">
      This period:{' '}
      {LABELS.filter(({ label }) => (totals[label] ?? 0) > 0).map(({ label, name }) => (
        <Fragment key={label}>
          <span className="nowrap">
            <Icon name={label} />{' '}
            <FigureLink figure="sentiment share" to={{ ...of, sentiment: [label] }}>
              {share((totals[label] ?? 0) / labelled, locale, 0)}
            </FigureLink>{' '}
            {name}
          </span>{' '}
        </Fragment>
      ))}
      {`of ${count(labelled, locale)} analysed.`}
    </p>
  );
}
