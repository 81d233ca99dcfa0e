import type { CallFilter, QaResult } from '#shared/filter/filter.ts';
import { count } from '#shared/format/format.ts';
import type { SiteView, Totals } from '#shared/view.ts';
import FigureLink from '../components/ui/FigureLink.tsx';

interface Props {
  totals: Totals;
  /** The calls that these are of. */
  of: CallFilter;
  site: SiteView;
  /** Said before them. */
  start?: string;
}

const KINDS: { name: string; qa: QaResult; n: (totals: Totals) => number | undefined }[] = [
  { name: 'Not evaluated', qa: 'not-evaluated', n: ({ notEvaluated }) => notEvaluated },
  { name: 'Not evaluated yet', qa: 'not-evaluated-yet', n: ({ notEvaluatedYet }) => notEvaluatedYet },
  {
    name: 'Rules without an overall result',
    qa: 'unscored',
    n: ({ evaluatedWithoutScore }) => evaluatedWithoutScore,
  },
  { name: 'Too short', qa: 'too-short', n: ({ tooShort }) => tooShort },
];

/** Calls that are in no score, by why; nothing where all are. */
export default function LeftOut({ totals, of, site, start = 'Not in the score: ' }: Props) {
  const kinds = KINDS.flatMap(({ name, qa, n }) => {
    const calls = n(totals) ?? 0;
    return calls > 0 ? [{ name, qa, calls }] : [];
  });
  if (kinds.length === 0 || !site.hasQa) return null;
  return (
    <p className="note left-out">
      {start}
      {kinds.map(({ name, qa, calls }, index) => (
        <span key={name}>
          {index > 0 && ' · '}
          <FigureLink figure={name} to={{ ...of, qa: [qa] }}>
            {count(calls, site.locale)}
          </FigureLink>{' '}
          {name.toLowerCase()}
        </span>
      ))}
    </p>
  );
}
