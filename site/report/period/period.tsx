import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { boundsOf, type Calendar, callsIn, type Range, readRange, withRange } from '#shared/calendar/range.ts';
import type { SiteData } from '#shared/figures/site-data.ts';
import { englishLocaleOf } from '#shared/format/english.ts';
import { count, span } from '#shared/format/format.ts';
import { inWords, ReaderError } from '../browser/reader-error.ts';
import { cachedFetch } from '../data/fetch-cache.ts';
import { fetchPage } from '../data/fetch-page.ts';
import { siteOf } from '../data/site-of.ts';
import { type CountedPage, type FiguresView, viewOf } from './count.ts';
import { draw, drawWorkOn } from './draw.tsx';
import { withQuotes } from './quotes.ts';
import RangePicker from './RangePicker.tsx';

const fetch = cachedFetch();

/**
 * Let the period of a page be chosen: its control becomes a picker, and what the address says is shown.
 * @param isOpen whether somebody has asked for the picker already
 * @throws where the site's data cannot be fetched
 */
export async function choosePeriod(page: CountedPage, isOpen: boolean): Promise<void> {
  const site = await siteOf(fetch);
  const place = document.getElementById('range');
  if (!site.window || !place) return;
  const calendar: Calendar = { days: site.days, window: site.window, weekStart: site.site.weekStart };
  const words = [...place.childNodes];
  const root = createRoot(place, {
    onUncaughtError(error) {
      isBroken = true;
      complain(error);
      // React is still at work when it says so. The period in words is what the page had before.
      queueMicrotask(() => {
        root.unmount();
        place.replaceChildren(...words);
      });
    },
  });
  let isBroken = false;
  /** What is asked for, and what the figures are of. */
  let shown: Range = site.window;
  let drawn: Range = site.window;

  const renderPicker = (initiallyOpen: boolean) => {
    if (isBroken) return;
    flushSync(() =>
      root.render(
        <RangePicker
          calendar={calendar}
          range={shown}
          onChoose={(range) => {
            history.pushState(null, '', `${location.pathname}${withRange(location.search, range, calendar)}`);
            void show(range);
          }}
          locale={site.site.locale}
          weekStart={site.site.weekStart ?? 1}
          initiallyOpen={initiallyOpen}
        />,
      ),
    );
  };

  async function show(range: Range): Promise<void> {
    if (range.from === shown.from && range.to === shown.to) return;
    const wanted = range;
    shown = range;
    renderPicker(false);
    const figures = document.getElementById('figures');
    figures?.setAttribute('aria-busy', 'true');
    try {
      const view = await viewOf(page, range, fetch);
      if (shown !== wanted) return;
      draw(view);
      drawn = wanted;
      say(figuresInWords(range, calendar, site));
      void showQuotes(view);
    } catch (error) {
      if (shown !== wanted) return;
      // The control never names days that the figures are not of.
      shown = drawn;
      renderPicker(false);
      figures?.removeAttribute('aria-busy');
      complain(error);
    }
    if (shown === wanted) figures?.removeAttribute('aria-busy');
  }

  /** They come when they can: the figures do not wait for them. */
  async function showQuotes(view: FiguresView): Promise<void> {
    if (view.kind !== 'agent' || view.workOn.length === 0) return;
    const own = drawn;
    const workOn = await withQuotes(view.workOn, fetchPage);
    if (drawn === own) drawWorkOn({ ...view, workOn });
  }

  const showAddress = async () => {
    const requested = readRange(location.search, calendar);
    if (requested === 'outside') complain(new ReaderError(outsideInWords(calendar, site.site.locale)));
    else await show(requested ?? calendar.window);
  };
  addEventListener('popstate', () => void showAddress());
  renderPicker(isOpen);
  await showAddress();
}

/** What is wrong, where everybody sees it. */
export function complain(error: unknown): void {
  say(inWords(error, 'The figures of this period could not be drawn'), true);
}

function say(text: string, isWrong = false): void {
  const status = document.getElementById('range-status');
  if (!status) return;
  status.className = isWrong ? 'range-status' : 'range-status visually-hidden';
  status.textContent = text;
}

function figuresInWords(range: Range, calendar: Calendar, { site: { locale } }: SiteData): string {
  const calls = callsIn(calendar, range);
  return `Figures of ${span(range.from, range.to, englishLocaleOf(locale))}: ${count(calls, locale)} ${calls === 1 ? 'call' : 'calls'}.`;
}

function outsideInWords(calendar: Calendar, siteLocale: string): string {
  const locale = englishLocaleOf(siteLocale);
  const bounds = boundsOf(calendar);
  const known = bounds ? `The calls run from ${span(bounds.from, bounds.to, locale).replace(' – ', ' to ')}. ` : '';
  const { from, to } = calendar.window;
  return `There are no calls on the days in this address. ${known}Showing ${span(from, to, locale)}.`;
}
