import { boundsOf, type Calendar } from '#shared/calendar/range.ts';
import { englishLocaleOf } from '#shared/format/english.ts';
import { span } from '#shared/format/format.ts';

/** What is said where an address names days that no call can have. */
export function outsideInWords(calendar: Calendar, siteLocale: string): string {
  const locale = englishLocaleOf(siteLocale);
  const bounds = boundsOf(calendar);
  const known = bounds ? `The calls run from ${span(bounds.from, bounds.to, locale).replace(' – ', ' to ')}. ` : '';
  const { from, to } = calendar.window;
  return `There are no calls on the days in this address. ${known}Showing ${span(from, to, locale)}.`;
}
