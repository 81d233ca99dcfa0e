import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { type Calendar, isSame, type Range, readRange, withRange } from '#shared/calendar/range.ts';
import type { SiteData } from '#shared/figures/site-data.ts';
import { teamsNamed } from '#shared/figures/teams.ts';
import { englishLocaleOf, orList } from '#shared/format/english.ts';
import { count, span } from '#shared/format/format.ts';
import type { TeamRef } from '#shared/view.ts';
import { inWords, ReaderError } from '../browser/reader-error.ts';
import { cachedFetch } from '../data/fetch-cache.ts';
import { siteOf } from '../data/site-of.ts';
import { onReader } from '../kept/on-reader.ts';
import { type CountedPage, type FiguresView, viewOf } from './count.ts';
import { bodyFor, draw } from './draw.tsx';
import { outsideInWords } from './outside.ts';
import RangePicker from './RangePicker.tsx';
import type { CountCalls } from './subject-calls.ts';

const fetch = cachedFetch();

/** What figures are of. */
interface Asked {
  range: Range;
  /** Whose calls alone are counted; none: everybody's. */
  teams: TeamRef[];
}

const isAlike = (a: Asked, b: Asked): boolean =>
  isSame(a.range, b.range) && a.teams.map(({ href }) => href).join(' ') === b.teams.map(({ href }) => href).join(' ');

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
  let shown: Asked = { range: site.window, teams: [] };
  let drawn: Asked = shown;

  const countCalls: CountCalls = async (ranges) => {
    const { callsOfSubject } = await import('./subject-calls.ts');
    return callsOfSubject(site, page.subject, shown.teams, fetch)(ranges);
  };
  const renderPicker = (initiallyOpen: boolean) => {
    if (isBroken) return;
    flushSync(() =>
      root.render(
        <RangePicker
          calendar={calendar}
          range={shown.range}
          countCalls={page.subject || shown.teams.length > 0 ? countCalls : undefined}
          onChoose={(range) => {
            history.pushState(null, '', `${location.pathname}${withRange(location.search, range, calendar)}`);
            void show({ ...shown, range });
          }}
          locale={site.site.locale}
          weekStart={site.site.weekStart ?? 1}
          initiallyOpen={initiallyOpen}
        />,
      ),
    );
  };

  async function show(wanted: Asked): Promise<void> {
    if (isAlike(wanted, shown)) return;
    shown = wanted;
    renderPicker(false);
    const figures = document.getElementById('figures');
    figures?.setAttribute('aria-busy', 'true');
    try {
      const [view, bodyOf] = await Promise.all([viewOf(page, wanted.range, fetch, wanted.teams), bodyFor(page.kind)]);
      if (shown !== wanted) return;
      draw(view, bodyOf(view));
      drawn = wanted;
      say(figuresInWords(view, wanted.range));
      if (view.kind === 'agent') {
        const { showQuotes } = await import('./agent-part.tsx');
        void showQuotes(view, () => drawn === wanted);
      }
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

  const showAddress = async () => {
    const requested = readRange(location.search, calendar);
    const names = page.kind === 'agent' ? [] : new URLSearchParams(location.search).getAll('team');
    const teams = teamsNamed(site, names);
    if (requested === 'outside') complain(new ReaderError(outsideInWords(calendar, site.site.locale)));
    else await show({ range: requested ?? calendar.window, teams: teams ?? [] });
    if (!teams) complain(new ReaderError(noTeamInWords(names, site)));
  };
  addEventListener('popstate', () => void showAddress());
  renderPicker(isOpen);
  await showAddress();
  // Without a gate nobody is known, and nothing is kept.
  onReader(() => void placeSaving());
}

async function placeSaving(): Promise<void> {
  const saving = await import('../saved/button.ts').catch(() => undefined);
  saving?.placeSaveButton();
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

function figuresInWords({ site: { locale }, ...view }: FiguresView, range: Range): string {
  const { calls } = view.kind === 'agents' ? view.everyone.totals : view.kind === 'topics' ? view : view.totals;
  return `Figures of ${span(range.from, range.to, englishLocaleOf(locale))}: ${count(calls, locale)} ${calls === 1 ? 'call' : 'calls'}.`;
}

function noTeamInWords(names: readonly string[], { teams, site: { locale } }: SiteData): string {
  const unknown = names.filter((name) => !teams.some((team) => team.name === name)).map((name) => `“${name}”`);
  return `No team is called ${orList(unknown, locale)}. You see everyone’s figures.`;
}
