/**
 * Pages and mail are English. Numbers and dates that stand alone follow the tenant's locale, which may be of any language;
 * weekdays, months and lists inside a sentence are English, in the way of the tenant's region.
 */

/** Regions whose English writes the month before the day. */
const MONTH_FIRST = new Set(['US', 'AS', 'CA', 'GU', 'MP', 'PH', 'PR', 'UM', 'VI']);

const known = new Map<string, string>();

/**
 * The locale of an English sentence: the tenant's own where it is English, else the English of its region.
 * @param locale BCP 47; e.g., "de-DE" gives "en-GB", "es-US" gives "en-US", "en-AU" stays
 */
export function englishLocaleOf(locale: string): string {
  let english = known.get(locale);
  if (english === undefined) {
    const { language, region } = new Intl.Locale(locale).maximize();
    english = language === 'en' ? locale : MONTH_FIRST.has(region ?? '') ? 'en-US' : 'en-GB';
    known.set(locale, english);
  }
  return english;
}

/**
 * A weekday in English: "Tuesday", or "Tue" where short.
 * @param weekday 0 = Sunday
 * @param locale the tenant's
 */
export function weekdayName(weekday: number, locale: string, width: 'long' | 'short' = 'long'): string {
  const format = new Intl.DateTimeFormat(englishLocaleOf(locale), { weekday: width, timeZone: 'UTC' });
  return format.format(Date.UTC(1970, 0, 4 + weekday)); // A Sunday.
}

/**
 * A month in English: "December 2025".
 * @param month "2025-12"
 * @param locale the tenant's
 */
export function monthName(month: string, locale: string): string {
  const format = new Intl.DateTimeFormat(englishLocaleOf(locale), { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return format.format(new Date(`${month}-15T12:00:00Z`));
}

/** "A, B and C". */
export const andList = (list: readonly string[], locale: string): string => listed(list, locale, 'conjunction');

/** "A, B or C". */
export const orList = (list: readonly string[], locale: string): string => listed(list, locale, 'disjunction');

const listed = (list: readonly string[], locale: string, type: 'conjunction' | 'disjunction'): string =>
  new Intl.ListFormat(englishLocaleOf(locale), { type }).format(list);
