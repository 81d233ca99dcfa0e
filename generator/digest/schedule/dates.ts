import { englishLocaleOf } from '#shared/format/english.ts';
import { dayAt, moment } from '#shared/format/format.ts';
import type { SiteView } from '#shared/view.ts';

type Dated = Pick<SiteView, 'locale' | 'timeZone' | 'year'>;

/** A local day within the mail's sentences, which are English: "Tue 9 Dec", with its year where that is not the digest's. */
export const dayWords = (date: string, { locale, year }: Pick<Dated, 'locale' | 'year'>): string =>
  dayAt(date, { locale: englishLocaleOf(locale), year });

/** An instant within them: "Tue 9 Dec, 20:47". */
export const momentWords = (instant: string, { locale, timeZone, year }: Dated): string =>
  moment(instant, { locale: englishLocaleOf(locale), timeZone, year });
