import type { SiteView, Totals } from '../view.ts';
import { count, share } from './format.ts';
import { isEnough } from './rate.ts';

type Told = Pick<SiteView, 'locale' | 'minimumN'>;

/**
 * A part of a whole as its share; with too few for one, how many of how many: "3 of 4".
 * @param whole not 0
 * @param digits decimals of the share
 */
export const partInWords = (part: number, whole: number, { locale, minimumN }: Told, digits = 1): string =>
  isEnough(minimumN, whole) ? share(part / whole, locale, digits) : `${count(part, locale)} of ${count(whole, locale)}`;

/** The evaluated calls that passed, as `partInWords` says it. */
export const passedInWords = (
  { qaPassed = 0, qaEvaluated = 0 }: Pick<Totals, 'qaPassed' | 'qaEvaluated'>,
  site: Told,
): string => partInWords(qaPassed, qaEvaluated, site);
