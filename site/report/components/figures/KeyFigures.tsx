import { DIRECTIONS_FIGURE, earlierInWords, KEY_FIGURES, type KeyFigure } from '#shared/figures/key-figures.ts';
import { count, decimal } from '#shared/format/format.ts';
import { DIRECTIONS } from '#shared/format/labels.ts';
import { isEnough } from '#shared/format/rate.ts';
import { passedTarget } from '#shared/format/target.ts';
import type { DayTotals, SiteView, Totals, Window } from '#shared/view.ts';
import Figure from '../ui/Figure.tsx';
import FigureLink from '../ui/FigureLink.tsx';
import Stack from '../ui/Stack.tsx';

interface Props {
  totals: Totals;
  before: Totals;
  /** Of the same month a year earlier, beside the change from the month before. */
  yearBefore?: Totals | undefined;
  days: DayTotals[];
  window: Pick<Window, 'from' | 'to' | 'days' | 'before' | 'yearBefore' | 'perDay'>;
  site: SiteView;
}

/** What happened in the period, each against the one before it where there is such a one. */
export default function KeyFigures({ totals: t, before: b, yearBefore: y, days, window, site }: Props) {
  const { locale } = site;
  const { from, to } = window;
  return (
    <dl className="figures">
      {Object.values<KeyFigure>(KEY_FIGURES).map((figure) => {
        const now = figure.value(t);
        return (
          now !== undefined && (
            <Figure
              key={figure.name}
              locale={locale}
              name={figure.name}
              value={figure.inWords(t, site)}
              unit={figure.unit?.(now)}
              kind={figure.kind?.(t, site)}
              to={{ from, to, ...figure.filter }}
              past={{ ...window.before, ...figure.filter }}
              change={changeOf(figure, t, b, window, site)}
              second={secondLine(y && earlierInWords(figure, y, window, site), figure, t, site)}
              n={figure.n?.(t, site)}
              spark={days.map(figure.value)}
            />
          )
        );
      })}
      {t.inbound + t.outbound + t.internal > 0 && (
        <Directions totals={t} before={b} from={from} to={to} locale={locale} />
      )}
    </dl>
  );
}

/** What it was a year earlier, and whether its target is reached. */
const secondLine = (earlier: string | undefined, figure: KeyFigure, t: Totals, site: SiteView): string | undefined =>
  [earlier, figure === KEY_FIGURES.qaPassed && passedTarget(t, site)].filter(Boolean).join(' · ') || undefined;

/** Against the period before, where there is such a one and both have enough calls to be compared. */
function changeOf(figure: KeyFigure, t: Totals, b: Totals, window: Props['window'], { locale, minimumN }: SiteView) {
  const [now, before] = [figure.value(t), figure.value(b)];
  if (!window.before || now === undefined || before === undefined) return undefined;
  if (figure.fromMinimumN && !isEnough(minimumN, figure.covers?.(t), figure.covers?.(b))) return undefined;
  return figure.change(now, before, locale, window);
}

/** Calls that came in against calls that went out. */
function Directions({
  totals: t,
  before: b,
  from,
  to,
  locale,
}: {
  totals: Totals;
  before: Totals;
  from: string;
  to: string;
  locale: string;
}) {
  const toOne = ({ inbound, outbound }: Totals) => (outbound > 0 ? decimal(inbound / outbound, locale) : undefined);
  const was = toOne(b) ? `, was ${toOne(b)}` : '';
  const links = (['inbound', 'outbound'] as const).map((direction) => (
    <FigureLink key={direction} figure={direction} to={{ from, to, direction: [direction] }} open={t[direction] > 0}>
      {count(t[direction], locale)}
    </FigureLink>
  ));
  return (
    <Figure
      locale={locale}
      name={DIRECTIONS_FIGURE}
      value={
        <>
          {links[0]} : {links[1]}
        </>
      }
      line={t.outbound === 0 ? 'no outbound calls' : t.inbound === 0 ? 'no inbound calls' : `${toOne(t)} to 1${was}`}
    >
      <dd className="figure-drawn">
        <Stack
          height={14}
          parts={[
            {
              name: 'in',
              value: t.inbound,
              to: { from, to, direction: ['inbound'] },
              hint: `${DIRECTIONS.inbound}: ${count(t.inbound, locale)}`,
            },
            {
              name: 'out',
              value: t.outbound,
              to: { from, to, direction: ['outbound'] },
              hint: `${DIRECTIONS.outbound}: ${count(t.outbound, locale)}`,
            },
            {
              name: 'int',
              value: t.internal,
              to: { from, to, direction: ['internal'] },
              hint: `${DIRECTIONS.internal}: ${count(t.internal, locale)}`,
            },
          ]}
        />
      </dd>
    </Figure>
  );
}
