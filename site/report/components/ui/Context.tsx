import { andList, englishLocaleOf } from '#shared/format/english.ts';
import { count, dayAt, moment, span, spanAt } from '#shared/format/format.ts';
import type { SiteView, TrustView, Window } from '#shared/view.ts';

interface Props {
  site: SiteView;
  window?: Window | undefined;
  trust?: TrustView | undefined;
  /** Said before the period; e.g., an agent's team and address. */
  about?: string | undefined;
}

/** What a page's figures are of: period, time zone, how new, and what is missing. */
export default function Context({ site, window, trust, about }: Props) {
  const locale = englishLocaleOf(site.locale);
  const later = window?.partial;
  const partial =
    later &&
    `${dayAt(later.day, { locale, year: site.year })} so far: ${count(later.calls, site.locale)} ${later.calls === 1 ? 'call' : 'calls'}, not counted here`;
  const missing = trust
    ? [
        trust.refused > 0 && `${trust.refused} refused`,
        trust.undated > 0 && `${trust.undated} without a day`,
        trust.transcribedNotAnalysed > 0 && `${trust.transcribedNotAnalysed} transcribed but not analysed`,
      ].filter(Boolean)
    : [];
  const parts = [
    about,
    window && (
      <>
        <b>{span(window.from, window.to, locale)}</b>
        {`, ${window.days === 1 ? 'one day' : `${window.days} days`}${!window.all ? '' : later ? ', all complete days there are' : ', all the data there is'}`}
        {window.before && `, compared with ${beforeInWords(window, locale)}`}
      </>
    ),
    trust && `${trust.timeZone}${trust.timeZoneStated ? '' : ' by default'}`,
    trust?.dataTo && `data to ${moment(trust.dataTo, { ...site, locale, year: '' })}`,
    partial,
    missing.length > 0 && <a href="/about/#read">{missing.join(' · ')}</a>,
  ].filter(Boolean);
  return (
    <p className="context">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of a line have no other identity
        <span key={index}>
          {index > 0 && ' · '}
          {part}
        </span>
      ))}
    </p>
  );
}

/** The periods that a window is compared with, each with its year where that is another one; nothing where there is none. */
export function beforeInWords({ from, before, yearBefore, perDay }: Window, locale: string): string {
  const place = { locale, year: from.slice(0, 4) };
  const spans = [before, yearBefore].flatMap((each) => (each ? [spanAt(each.from, each.to, place)] : []));
  return `${andList(spans, locale)}${perDay ? ', by shares and means per day' : ''}`;
}
