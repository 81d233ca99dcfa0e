import { englishLocaleOf } from '#lib/english.ts';
import { count, day, moment, span } from '#lib/format.ts';
import type { SiteView, TrustView, Window } from '#view';

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
    `${day(later.day, locale)} so far: ${count(later.calls, site.locale)} ${later.calls === 1 ? 'call' : 'calls'}, not counted here`;
  const missing = trust
    ? [
        trust.refused > 0 && `${trust.refused} refused`,
        trust.undated > 0 && `${trust.undated} without a day`,
        trust.transcribedNotAnalysed > 0 && `${trust.transcribedNotAnalysed} transcribed, not analysed`,
      ].filter(Boolean)
    : [];
  const parts = [
    about,
    window && (
      <>
        <b>{span(window.from, window.to, locale)}</b>
        {`, ${window.days === 1 ? 'one day' : `${window.days} days`}, compared with ${beforeInWords(window, locale)}`}
      </>
    ),
    trust && `${trust.timeZone}${trust.timeZoneStated ? '' : ' by default'}`,
    trust?.dataTo && `data to ${moment(trust.dataTo, { ...site, locale })}`,
    partial,
    missing.length > 0 && <a href="/about/#read">{missing.join(', ')}</a>,
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

/** The period that a window is compared with; with its year where that is another one. */
export const beforeInWords = ({ from, before }: Window, locale: string): string =>
  span(before.from, before.to, locale, before.from.slice(0, 4) !== from.slice(0, 4));
