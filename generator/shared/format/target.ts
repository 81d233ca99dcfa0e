import type { RuleLine, SiteView, Totals } from '../view.ts';
import { decimal, share } from './format.ts';
import { isEnough, rateOf } from './rate.ts';

/** Whether a share reaches its target, as it is shown, to the tenth of a per cent: 84.96% is 85.0%. */
export const isMet = (rate: number, target: number): boolean => Math.round(rate * 1000) >= Math.round(target * 1000);

/** The same of a score, which is shown to the tenth of a point. */
export const isReached = (score: number, target: number): boolean => Math.round(score * 10) >= Math.round(target * 10);

/** "85%", "87.5%". */
export const shareTarget = (target: number, locale: string): string =>
  share(target, locale, Math.abs(target * 100 - Math.round(target * 100)) < 1e-9 ? 0 : 1);

type Told = Pick<SiteView, 'locale' | 'minimumN' | 'targets'>;

/** "85% missed" of the share of passed calls; with too few calls for a share "85%"; undefined without a target. */
export const passedAim = ({ qaPassRate, qaEvaluated }: Totals, { targets, ...site }: Told): string | undefined =>
  shareWords(qaPassRate, qaEvaluated, targets?.qaPassed, site);

/** The same where nothing else says that it is a target: "target 85% missed". */
export const passedTarget = (totals: Totals, site: Told): string | undefined => named(passedAim(totals, site));

/** The same of the share of a rule's own calls on which it passed. */
export const ruleTarget = (rule: Pick<RuleLine, 'evaluated' | 'passed' | 'target'>, site: Told): string | undefined =>
  named(shareWords(rateOf(rule), rule.evaluated, rule.target, site));

/** "target 80 met" of the average score. */
export function scoreTarget({ qaAverageScore: score, qaEvaluated }: Totals, site: Told): string | undefined {
  const target = site.targets?.averageScore;
  if (target === undefined || score === undefined) return undefined;
  return `target ${decimal(target, site.locale)}${isEnough(site.minimumN, qaEvaluated) ? verdict(isReached(score, target)) : ''}`;
}

/** " The target of 85% was missed.": of the share that a sentence has just given; nothing where it gave none. */
export function targetSentence({ qaPassRate, qaEvaluated }: Totals, { targets, locale, minimumN }: Told): string {
  const target = targets?.qaPassed;
  if (target === undefined || qaPassRate === undefined || !isEnough(minimumN, qaEvaluated)) return '';
  return ` The target of ${shareTarget(target, locale)} was${verdict(isMet(qaPassRate, target))}.`;
}

function shareWords(
  rate: number | undefined,
  n: number | undefined,
  target: number | undefined,
  { locale, minimumN }: Pick<SiteView, 'locale' | 'minimumN'>,
): string | undefined {
  if (target === undefined || rate === undefined) return undefined;
  return `${shareTarget(target, locale)}${isEnough(minimumN, n) ? verdict(isMet(rate, target)) : ''}`;
}

const named = (aim: string | undefined): string | undefined => (aim === undefined ? undefined : `target ${aim}`);

const verdict = (isThere: boolean): string => (isThere ? ' met' : ' missed');
