import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { Calendar } from '#shared/calendar/range.ts';
import type { Comparison } from '#shared/figures/compare/compared.ts';
import { andList } from '#shared/format/english.ts';
import type { SiteView } from '#shared/view.ts';
import { ReaderError } from '../browser/reader-error.ts';
import { setSheetFoot } from '../browser/sheet-foot.ts';
import { sheetFoot } from '../components/page/sheet-foot.ts';
import { cachedFetch } from '../data/fetch-cache.ts';
import { siteOf } from '../data/site-of.ts';
import { type ComparedOf, compareHref } from './address.ts';
import ComparePage from './ComparePage.tsx';
import { comparisonOf } from './count.ts';
import { headOf } from './heads.ts';
import { isComparable, readWanted, type Wanted } from './wanted.ts';

/**
 * Put what the address names side by side, now and whenever it changes.
 * @param place of the figures; the pickers of periods go to `#range`
 * @param onFailure told of an error after the first time; what was drawn stays
 * @throws where the site's data cannot be fetched or the page cannot be drawn
 */
export async function openCompare(place: HTMLElement, onFailure: (error: unknown) => void): Promise<void> {
  const fetch = cachedFetch();
  const site = await siteOf(fetch);
  const pickers = needed('range');
  const status = needed('range-status');
  if (!site.window) throw new ReaderError('No call has a day, so there is nothing to compare.');
  const calendar: Calendar = { days: site.days, window: site.window, weekStart: site.site.weekStart };
  const errors: unknown[] = [];
  // Without this React reports an error, leaves nothing and goes on.
  const root = createRoot(place, { onUncaughtError: (error) => errors.push(error) });
  let shown: Wanted | undefined;

  async function show(): Promise<void> {
    const wanted = readWanted(location.search, site, calendar);
    shown = wanted;
    place.setAttribute('aria-busy', 'true');
    try {
      const view = isComparable(wanted) ? await comparisonOf(site, wanted, fetch) : undefined;
      if (shown !== wanted) return;
      // The address is the whole state: whoever gets it sees the same days, whenever that is.
      if (wanted.notes.length === 0) history.replaceState(history.state, '', compareHref(wanted));
      flushSync(() => root.render(<ComparePage {...{ site, calendar, wanted, view, pickers, go }} />));
      if (errors.length > 0) throw errors[0];
      const whose = andList(view?.columns.map((column) => headOf(view, column)) ?? [], site.site.locale);
      setSheetFoot(footOf(site.site, wanted, view, whose));
      status.className = 'range-status visually-hidden';
      status.textContent = view ? `Compared: ${whose}.` : '';
    } catch (error) {
      if (shown === wanted) onFailure(error);
    } finally {
      if (shown === wanted) place.removeAttribute('aria-busy');
      document.documentElement.classList.remove('ranged');
    }
  }

  const go = (to: ComparedOf): void => {
    history.pushState(null, '', compareHref(to));
    void show();
  };
  addEventListener('popstate', () => void show());
  await show();
}

/** @param whose the heads of the columns, in words */
function footOf(site: SiteView, { period }: Wanted, view: Comparison | undefined, whose: string): string {
  const name = view?.of === 'periods' && view.columns[0]?.agent.name;
  return sheetFoot({
    kind: 'compare',
    title: ['Compare', name, whose].filter(Boolean).join(' · '),
    site,
    window: view?.of === 'agents' ? period : undefined,
  });
}

function needed(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no place for its ${id}`);
  return found;
}
