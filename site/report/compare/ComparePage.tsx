import { createPortal } from 'react-dom';
import type { Calendar } from '#shared/calendar/range.ts';
import type { Comparison } from '#shared/figures/compare/compared.ts';
import type { SiteData } from '#shared/figures/site-data.ts';
import RangePicker from '../period/RangePicker.tsx';
import type { ComparedOf } from './address.ts';
import Choice from './Choice.tsx';
import ComparisonBody from './ComparisonBody.tsx';
import type { Wanted } from './wanted.ts';

interface Props {
  site: SiteData;
  calendar: Calendar;
  wanted: Wanted;
  /** Absent where there are not two to compare. */
  view: Comparison | undefined;
  /** In the head of the page. */
  pickers: Element;
  go: (to: ComparedOf) => void;
}

/** Who and which days are compared, and their figures. */
export default function ComparePage({ site, calendar, wanted, view, pickers, go }: Props) {
  const { agents, period, against, notes } = wanted;
  const picker = { calendar, locale: site.site.locale, weekStart: site.site.weekStart ?? 1 };
  return (
    <>
      {createPortal(
        <>
          <RangePicker {...picker} range={period} onChoose={(range) => go({ agents, period: range, against })} />
          {against && (
            <>
              <span className="compare-against">compared with</span>
              <RangePicker {...picker} range={against} onChoose={(range) => go({ agents, period, against: range })} />
            </>
          )}
        </>,
        pickers,
      )}
      {notes.length > 0 && (
        <div className="troubles" role="alert">
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </div>
      )}
      <Choice site={site} wanted={wanted} go={go} />
      {view && <ComparisonBody view={view} />}
    </>
  );
}
