import type { SiteView, Totals } from '../view.ts';
import { count, share } from './format.ts';
import { isEnough } from './rate.ts';

/** The share that passed; with too few calls for one, how many of how many: "3 of 4". */
export const passedInWords = (
  { qaPassed = 0, qaEvaluated = 0, qaPassRate = 0 }: Pick<Totals, 'qaPassed' | 'qaEvaluated' | 'qaPassRate'>,
  { locale, minimumN }: Pick<SiteView, 'locale' | 'minimumN'>,
): string =>
  isEnough(minimumN, qaEvaluated)
    ? share(qaPassRate, locale)
    : `${count(qaPassed, locale)} of ${count(qaEvaluated, locale)}`;
