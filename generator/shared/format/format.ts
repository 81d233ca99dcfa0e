/**
 * Figures in words, for pages, charts and e-mail alike. Every function is told the locale and, where it matters, the time
 * zone, and none reads the clock or the process's zone. A minus is a real minus (U+2212); there are no thin spaces. A date
 * that stands alone is told the tenant's locale; inside a sentence, `englishLocaleOf` of it.
 */
import { isLocalDay, localDay } from '../calendar/local-time.ts';
import { once } from '../once.ts';

/** Where and in which way a tenant reads its figures. */
export interface Place {
  /** BCP 47. */
  locale: string; // e.g., "en-GB"
  /** IANA. */
  timeZone: string; // e.g., "Europe/London"
  /**
   * The year that goes without saying: on pages that of the newest day with a call, in mail that of the digest's day. A date of another year is
   * written with it; where it is "" every date is, and where it is absent none.
   */
  year?: string | undefined; // e.g., "2026"
}

export type Dated = Pick<Place, 'locale' | 'year'>;

// Making an Intl format costs a hundred times what using it does: each is made once.
const atMost = once(
  (locale: string, digits: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }),
);
const exactly = once(
  (locale: string, digits: number, style: 'decimal' | 'percent', signDisplay: 'auto' | 'exceptZero') =>
    new Intl.NumberFormat(locale, { style, signDisplay, minimumFractionDigits: digits, maximumFractionDigits: digits }),
);
/** Days are always those of the calendar that months and ranges are counted in, also where the locale's own is another one. */
const dates = once(
  (locale: string, weekday: 'short' | '', year: 'numeric' | '') =>
    new Intl.DateTimeFormat(locale, {
      ...(weekday && { weekday }),
      day: 'numeric',
      month: 'short',
      ...(year && { year }),
      calendar: 'gregory',
      timeZone: 'UTC',
    }),
);
/** A clock of twelve hours where the locale has one: "3:46 PM"; else of 24, always with two digits: "09:05". */
const clock = once((locale: string, timeZone: string, parts: 'hour' | 'minute' | 'second') => {
  const { hourCycle } = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions();
  const twelve = hourCycle === 'h12' || hourCycle === 'h11';
  return new Intl.DateTimeFormat(locale, {
    hour: twelve ? 'numeric' : '2-digit',
    ...((parts !== 'hour' || !twelve) && { minute: '2-digit' }),
    ...(parts === 'second' && { second: '2-digit' }),
    hourCycle: twelve ? 'h12' : 'h23',
    timeZone,
  });
});

/** Every odd space becomes an ordinary one. */
const spaced = (text: string): string => text.replace(/[\u2009\u202f\u00a0]/g, ' ');

/** Hyphen-minus becomes a minus. */
const plain = (text: string): string => spaced(text).replaceAll('-', '−');

/** A whole number, grouped: "2,158". */
export function count(n: number, locale: string): string {
  return plain(atMost(locale, 0).format(n));
}

/** A number of things: "1 turn", "2,158 turns". */
export function counted(n: number, one: string, locale: string): string {
  return `${count(n, locale)} ${one}${n === 1 ? '' : 's'}`;
}

/** A number with at most so many decimals: "1.5". */
export function decimal(n: number, locale: string, digits = 1): string {
  return plain(atMost(locale, digits).format(n + 0));
}

/** A score with exactly so many decimals: "86.3". */
export function fixed(n: number, locale: string, digits = 1): string {
  const isNone = Math.round(Math.abs(n) * 10 ** digits) === 0;
  return plain(exactly(locale, digits, 'decimal', 'auto').format(isNone ? 0 : n));
}

/** A call's score, always with one decimal: "93.4", "90.0". What is below the pass mark is never rounded up to it, nor what reaches it down below. */
export function score(n: number, passMark: number, locale: string): string {
  return fixed(shownScore(n, passMark), locale);
}

/** The number that `score` writes: 93.4 of 93.41. */
export function shownScore(n: number, passMark: number): number {
  const rounded = Math.round(n * 10) / 10;
  const isSame = rounded >= passMark === n >= passMark;
  return isSame ? rounded : (n < passMark ? Math.floor(n * 10) : Math.ceil(n * 10)) / 10;
}

/** A ratio 0..1 in per cent: "84.9%". What is not all is never rounded up to 100%, what is not nothing never down to 0%. */
export function share(ratio: number, locale: string, digits = 1): string {
  const step = 10 ** -(digits + 2);
  const kept = ratio < 1 && ratio > 1 - step ? 1 - step : ratio > 0 && ratio < step ? step : ratio;
  return plain(exactly(locale, digits, 'percent', 'auto').format(kept));
}

/** A sentiment score -1..1, always signed: "+0.24", "−0.57", "0.00". */
export function sentiment(score: number, locale: string): string {
  return plain(exactly(locale, 2, 'decimal', 'exceptZero').format(score));
}

/** The length of one call: "07:41", from an hour on "1:02:15". */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
}

/** Hours and minutes of many calls: "276:28". */
export function hours(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}`;
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}

/** A local day "2025-12-09" as "Tue 9 Dec". */
export function day(date: string, locale: string): string {
  return weekdayFirst(written(dates(locale, 'short', '').formatToParts(noon(date)), locale));
}

/** A local day without its weekday: "9 Dec". */
export function dayOfMonth(date: string, locale: string): string {
  return written(dates(locale, '', '').formatToParts(noon(date)), locale);
}

/** A local day with its year: "Tue 9 Dec 2025". */
export function dayAndYear(date: string, locale: string): string {
  return weekdayFirst(written(dates(locale, 'short', 'numeric').formatToParts(noon(date)), locale));
}

/** Spans that are kept: the pages of a site name the same weeks and periods again and again, and to write one takes long. */
const MOST_SPANS = 1000;
const spans = new Map<string, string>();

/** Two local days: "12 Nov – 9 Dec 2025"; one day alone where they are the same. */
export function span(from: string, to: string, locale: string, year = true): string {
  const name = [from, to, locale, year].join(' ');
  const known = spans.get(name);
  if (known !== undefined) return known;
  const parts = dates(locale, '', year ? 'numeric' : '').formatRangeToParts(noon(from), noon(to));
  const text = written(parts, locale).replace(/\s?–\s?/, ' – ');
  if (spans.size >= MOST_SPANS) spans.clear();
  spans.set(name, text);
  return text;
}

const goesWithoutSaying = (date: string, { year }: Dated): boolean => year === undefined || date.slice(0, 4) === year;

/** A local day as "Tue 9 Dec", with its year where that does not go without saying. */
export function dayAt(date: string, place: Dated): string {
  return goesWithoutSaying(date, place) ? day(date, place.locale) : dayAndYear(date, place.locale);
}

/** A local day as "9 Dec", with its year where that does not go without saying. */
export function dayOfMonthAt(date: string, place: Dated): string {
  return goesWithoutSaying(date, place) ? dayOfMonth(date, place.locale) : span(date, date, place.locale);
}

/** Two local days: "12 Nov – 9 Dec", with the year where that does not go without saying of both. */
export function spanAt(from: string, to: string, place: Dated): string {
  return span(from, to, place.locale, !goesWithoutSaying(from, place) || !goesWithoutSaying(to, place));
}

/** An instant's time of day in the zone, on the locale's clock: "17:34", "5:34 PM". */
export function time(instant: string, { locale, timeZone }: Place, seconds = false): string {
  return spaced(clock(locale, timeZone, seconds ? 'second' : 'minute').format(new Date(instant)));
}

/** A full hour 0..23 on the locale's clock: "14:00", "2 PM". */
export function hourOfDay(hour: number, locale: string): string {
  return spaced(clock(locale, 'UTC', 'hour').format(Date.UTC(1970, 0, 1, hour)));
}

/**
 * A start's day and time in the zone: "Tue 9 Dec, 20:47", with its year where that does not go without saying; of a local day
 * alone the day: "Tue 9 Dec".
 */
export function moment(start: string, place: Place): string {
  if (isLocalDay(start)) return dayAt(start, place);
  return `${dayAt(localDay(start, place.timeZone), place)}, ${time(start, place)}`;
}

/** When a call began, as far as its record says: day and time, or the day alone. */
export function whenStarted(call: { started?: string; day: string | null }, place: Place): string | undefined {
  const start = call.started ?? call.day;
  return start === null ? undefined : moment(start, place);
}

/** A date of its parts. English months have three letters, whatever the locale's data say: "27 Sep", not "27 Sept". */
function written(parts: readonly { type: string; value: string }[], locale: string): string {
  const english = /^en\b/i.test(locale);
  const text = parts.map(({ type, value }) => (english && type === 'month' ? value.slice(0, 3) : value)).join('');
  return spaced(text);
}

/** "Tue, 9 Dec" and "Tue 9 Dec" depend on the version of the locale's data; here it is always the second. */
function weekdayFirst(text: string): string {
  return text.replace(/^(\p{L}+\.?), (?=\d)/u, '$1 ');
}

function noon(date: string): Date {
  return new Date(`${date}T12:00:00Z`);
}

const languages = once(() => new Intl.DisplayNames('en-GB', { type: 'language' }));

/** A language by its English name: "en-GB" is "British English"; what is no BCP 47 tag stays as it is. */
export function languageName(tag: string): string {
  try {
    return languages().of(tag) ?? tag;
  } catch {
    return tag;
  }
}
