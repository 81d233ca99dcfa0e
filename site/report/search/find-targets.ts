import type { SiteData } from '#shared/figures/site-data.ts';
import { monthName } from '#shared/format/english.ts';
import { groupBy } from '../browser/group.ts';
import { cachedFetch } from '../data/fetch-cache.ts';
import { fetchData } from '../data/fetch-data.ts';
import { ENOUGH_CALLS, findCalls } from './calls.ts';
import { type FoundName, findNames } from './names.ts';
import { requestedCall } from './requested-call.ts';
import { namedTargets, saidTarget, type Target, viewTargets, wordsTarget } from './targets.ts';

/** Of each kind, so many are listed at most. */
const MOST = 6;

/** What there is to choose from, and what is said of it. */
export interface Found {
  options: FoundName[];
  /** A sentence; "" where the options say it all. */
  words: string;
}

const HINT =
  'Also agents, teams, rules and calls: by the other party’s number, by id, or by agent and day, such as “Ann 9 March”.';

/** Milliseconds in which the next letter is awaited before calls are fetched. */
const PAUSE = 60;

/**
 * Opens what is searched: pages at once, agents, teams and rules from the site's data, and calls, month by month, once a text may mean
 * one. Each text gives several answers: the last one is complete, and what one begins with, all after it begin with too.
 */
export function openFinder(pages: readonly Target[], fetch = cachedFetch(fetchData)) {
  let site: SiteData | undefined;
  const index = async (): Promise<SiteData> => {
    site ??= await fetch<SiteData>('/data/site.json');
    return site;
  };
  return async function* find(text: string): AsyncGenerator<Found> {
    if (text.trim() === '') {
      yield { options: pages.map(plainly), words: HINT };
      // Whoever opens the search is about to type; where it fails, what is typed says so.
      const known = await index().catch(() => undefined);
      const views = known ? viewTargets(known) : [];
      if (views.length > 0) yield { options: [...pages, ...views].map(plainly), words: HINT };
      return;
    }
    if (!site) yield { options: firstOfEach(findNames(pages, text)), words: LOADING };
    const all = await index();
    // Last of all, and only where nothing more will come: an Enter that waits goes to what was found first.
    const inWords = [saidTarget(text), wordsTarget(text)].map(plainly);
    const names = firstOfEach(findNames([...pages, ...viewTargets(all), ...namedTargets(all, location.search)], text));
    const requested = requestedCall(
      text,
      all.days.map(([day]) => day),
      all.site.locale,
    );
    if (!requested) {
      yield { options: [...names, ...inWords], words: names.length > 0 ? '' : nothing(text) };
      return;
    }
    yield { options: names, words: LOOKING };
    await new Promise((done) => setTimeout(done, PAUSE));
    for await (const { targets, more, next } of findCalls(requested, all, fetch)) {
      const options = [...names, ...targets.map(plainly)];
      const last = options.length === 0 ? nothing(text) : more ? MORE : '';
      if (next === undefined) yield { options: [...options, ...inWords], words: last };
      else yield { options, words: lookingIn(next, all) };
    }
  };
}

const LOADING = 'Loading agents, teams, rules and calls…';
const LOOKING = 'Searching the calls…';
const MORE = `These are the newest ${ENOUGH_CALLS} matching calls. Type more to narrow them down.`;

const plainly = (target: Target): FoundName => ({ target, marks: { name: [], detail: [] } });

function firstOfEach(found: readonly FoundName[]): FoundName[] {
  return [...groupBy(found, ({ target }) => target.kind).values()].flatMap((own) => own.slice(0, MOST));
}

const lookingIn = (at: string, { site: { locale } }: SiteData): string =>
  `Searching the calls ${at === 'undated' ? 'without a day' : `of ${monthName(at, locale)}`}…`;

const nothing = (text: string): string =>
  `Nothing matches “${text.trim()}”. Find a call by the other party’s number, by its id, or by agent and day, such as “Ann 9 March”.`;
