/** What a typed text says of a call. */
export type RequestedCall =
  | {
      /** Part of an id, or of an address; in lower case. */
      word: string;
      /** Digits of a number as they are in one with its country, where the word may be one. */
      digits?: string;
    }
  | {
      /** Days with calls that the text may mean, newest first. */
      days: string[];
      /** What it says beside the day: whose calls. */
      who: string;
    };

/** Digits from which on a text is looked up as a number. */
const LEAST_DIGITS = 4;
const NUMBER = /^[+\d\s().\-/•]+$/;

/**
 * The call that a text may be about: one by its day, its number or its id; undefined where it is only words.
 * @param days that have calls, oldest first
 */
export function requestedCall(text: string, days: readonly string[], locale: string): RequestedCall | undefined {
  const day = dayIn(text, locale);
  if (day) {
    const fits = days.filter((each) => day.fits.test(each)).reverse();
    if (fits.length > 0) return { days: fits, who: day.rest };
  }
  const word = text.trim().toLowerCase();
  // The zeros before a number are dialled at home only: in the data it begins with its country.
  const digits = NUMBER.test(word) ? word.replace('(0)', '').replace(/\D/g, '').replace(/^0+/, '') : '';
  if (digits.length >= LEAST_DIGITS) return { word, digits };
  return (/^\S{3,}$/u.test(word) && /[\d@]/.test(word)) || word.startsWith('••') ? { word } : undefined;
}

const ISO = /(?<!\d)(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?!\d)/u;
const FIGURES = /(?<![\d+])(?<first>\d{1,2})[./](?<second>\d{1,2})(?:\.|[./](?<year>\d{4}))?(?![\d])/u;
const DAY_FIRST =
  /(?<![\p{L}\d-])(?<day>\d{1,2})(?:st|nd|rd|th|\.)?\s*(?<name>\p{L}{3,})\.?(?:,?\s+(?<year>\d{4}))?(?!\d)/u;
const MONTH_FIRST =
  /(?<before>^|\P{L})(?<name>\p{L}{3,})\.?\s*(?<day>\d{1,2})(?!\d)(?:st|nd|rd|th)?(?:,?\s+(?<year>\d{4}))?(?!\d)/u;

/** A day that a text names, with or without its year, and the rest of the text. */
function dayIn(text: string, locale: string): { fits: RegExp; rest: string } | undefined {
  for (const pattern of [ISO, FIGURES, DAY_FIRST, MONTH_FIRST]) {
    const found = pattern.exec(text);
    const { year = '\\d{4}', first, second, name, before = '', ...own } = found?.groups ?? {};
    const [day, month] = name
      ? [own.day, monthNamed(name, locale)]
      : own.day
        ? [own.day, own.month]
        : monthFirst(locale)
          ? [second, first]
          : [first, second];
    if (!found || !day || !month) continue;
    const fits = new RegExp(`^${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}$`);
    const [from, to] = [found.index + before.length, found.index + found[0].length];
    return { fits, rest: `${text.slice(0, from)} ${text.slice(to)}`.trim() };
  }
  return undefined;
}

/** The number of a month that is called so, or begins so, in the site's language or in English. */
function monthNamed(name: string, locale: string): string | undefined {
  for (const language of [locale, 'en']) {
    const { format } = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
    for (let month = 0; month < 12; month++)
      if (
        format(Date.UTC(2026, month, 15))
          .toLowerCase()
          .startsWith(name.toLowerCase())
      )
        return String(month + 1);
  }
  return undefined;
}

function monthFirst(locale: string): boolean {
  const parts = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric' }).formatToParts();
  return parts.findIndex(({ type }) => type === 'month') < parts.findIndex(({ type }) => type === 'day');
}
