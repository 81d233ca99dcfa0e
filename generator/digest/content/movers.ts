import { addDays } from '#shared/calendar/days.ts';
import type { Range } from '#shared/calendar/range.ts';
import type { Cell } from '#shared/counts/cube.ts';
import { agentOf } from '#shared/figures/dataset.ts';
import { pointsChange } from '#shared/format/change.ts';
import { count, share } from '#shared/format/format.ts';
import { qaChecks, rateOf } from '#shared/format/rate.ts';
import type { Report } from '../../report/report.ts';
import { changeInWords } from './change.ts';
import type { SpanLinks } from './links.ts';
import { clean, type MoverView } from './view.ts';

/** Agents that the mail lists. */
const MOVER_LIMIT = 3;
const DAYS = 7;

type Cells = ReadonlyMap<string, Cell>;

interface Mover {
  id: string;
  now: Cell['counts'];
  before: Cell['counts'];
  /** Change of the share that passed, -1..1. */
  moved: number;
}

/**
 * The 7 days to a digest's, and the 7 before.
 * @param first first day of the whole organization's data: where it lies after the 7 days before, nothing is compared
 */
export function movedOf(date: string, first: string | undefined): [span: Range, past: Range | undefined] {
  const span = { from: addDays(date, 1 - DAYS), to: date };
  const past = { from: addDays(span.from, -DAYS), to: addDays(span.from, -1) };
  return [span, first === undefined || first > past.from ? undefined : past];
}

/** The agents whose share of passed calls changed most, some days against those before, with enough calls in both. */
export function biggestMovers(report: Report, span: Range, past: Range | undefined, toCalls: SpanLinks): MoverView[] {
  const { site } = report;
  if (past === undefined) return [];
  return moversOf(report.sums.agents(span), report.sums.agents(past), site.minimumN)
    .slice(0, MOVER_LIMIT)
    .map(({ id, now, before }) => {
      const change = pointsChange(rate(now), rate(before), site.locale);
      const filter = { agent: [id], qa: ['passed' as const, 'failed' as const] };
      return {
        name: clean(agentOf(report, id).name, 80),
        value: share(rate(now), site.locale),
        of: `of ${count(now.qaEvaluated, site.locale)} passed`,
        change: changeInWords(change, ['higher', 'lower']),
        worse: change.verdict === 'worse',
        better: change.verdict === 'better',
        past: `${change.from} of ${count(before.qaEvaluated, site.locale)}`,
        href: toCalls(span, filter),
        pastHref: toCalls(past, filter),
      };
    });
}

function moversOf(now: Cells, before: Cells, minimumN: number): Mover[] {
  const movers = [...now].flatMap(([id, { counts }]): Mover[] => {
    const was = before.get(id)?.counts;
    if (id === '' || !was || Math.min(counts.qaEvaluated, was.qaEvaluated) < Math.max(1, minimumN)) return [];
    return [{ id, now: counts, before: was, moved: rate(counts) - rate(was) }];
  });
  // A change that rounds to nothing is none.
  return movers
    .filter(({ moved }) => Math.round(moved * 1000) !== 0)
    .sort((a, b) => Math.abs(b.moved) - Math.abs(a.moved) || a.moved - b.moved || (a.id < b.id ? -1 : 1));
}

const rate = (counts: Cell['counts']): number => rateOf(qaChecks(counts)) ?? 0;
