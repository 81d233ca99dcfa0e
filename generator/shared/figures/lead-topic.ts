import type { Range } from '../calendar/range.ts';
import { noValueCounts } from '../counts/about.ts';
import { pointsBetween, pointsInWords } from '../format/change.ts';
import { count } from '../format/format.ts';
import { type Checks, isEnough, rateOf } from '../format/rate.ts';
import type { Phrase } from '../view.ts';
import { valuesIn } from './about.ts';
import { type Dataset, linksOf } from './dataset.ts';

/** A topic explains a fall where less than this part of it is left without its calls. */
const LEFT = 1 / 3;

/**
 * The sentence about the one topic that explains a fall: where the share of passed calls would have fallen by less than a third without its calls, and
 * there are enough calls of it, and of all others, in both spans.
 * @returns nothing where the share has not fallen, or no topic explains it
 */
export function topicSentence(dataset: Dataset, own: Range, past: Range | undefined): Phrase {
  const { site, sums } = dataset;
  if (!past) return [];
  const checksIn = (span: Range): Checks => {
    const { qaEvaluated: evaluated, qaPassed: passed } = sums.all(span).counts;
    return { evaluated, passed };
  };
  const [all, allBefore] = [checksIn(own), checksIn(past)];
  const fall = between(all, allBefore);
  if (fall === undefined || fall >= 0 || !isEnough(site.minimumN, all.evaluated, allBefore.evaluated)) return [];
  const before = new Map(valuesIn(dataset, past, 'topic'));
  const found = valuesIn(dataset, own, 'topic').flatMap(([topic, checks]) => {
    const was = before.get(topic) ?? noValueCounts();
    const [rest, restBefore] = [less(all, checks), less(allBefore, was)];
    const counts = [checks.evaluated, was.evaluated, rest.evaluated, restBefore.evaluated];
    const left = isEnough(site.minimumN, ...counts) ? between(rest, restBefore) : undefined;
    return left !== undefined && left > fall * LEFT ? [{ topic, left, evaluated: checks.evaluated }] : [];
  });
  const [most] = found.sort((a, b) => b.left - a.left || (a.topic < b.topic ? -1 : 1));
  if (!most) return [];
  const href = linksOf(dataset)({ from: own.from, to: own.to, qa: ['passed', 'failed'], topic: [most.topic] });
  return [
    ' Without the ',
    { text: count(most.evaluated, site.locale), href },
    ' calls about ',
    { text: most.topic, strong: true },
    ` the share that passed would have ${movedInWords(most.left, site.locale)}, instead of falling by ${pointsInWords(fall, site.locale)}.`,
  ];
}

const movedInWords = (points: number, locale: string): string =>
  points === 0 ? 'stayed level' : `${points < 0 ? 'fallen' : 'risen'} by ${pointsInWords(points, locale)}`;

const less = (all: Checks, part: Checks): Checks => ({
  evaluated: all.evaluated - part.evaluated,
  passed: all.passed - part.passed,
});

function between(now: Checks, before: Checks): number | undefined {
  const [share, was] = [rateOf(now), rateOf(before)];
  return share === undefined || was === undefined ? undefined : pointsBetween(share, was);
}
