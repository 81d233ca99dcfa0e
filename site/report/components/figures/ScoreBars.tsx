import type { CallFilter } from '#shared/filter/filter.ts';
import { count, decimal } from '#shared/format/format.ts';
import { useCallsHref } from '../ui/scope.ts';
import type { Tens } from './score-tens.ts';

interface Props {
  tens: readonly Tens[];
  passMark: number;
  /** The evaluated calls of the period. */
  scored: CallFilter;
  locale: string;
}

/** Height of the highest bar, below the mark's words and above the axis. */
const [TOP, HEIGHT, AXIS] = [20, 88, 20];
const TICKS = [0, 20, 40, 60, 80, 100];

/**
 * Calls by tens of their score. No bar mixes passed and failed: tens that the pass mark cuts have a bar on each side of it, others one above the other
 * where calls' own records say otherwise than the mark.
 */
export default function ScoreBars({ tens, passMark, scored, locale }: Props) {
  const href = useCallsHref();
  const most = Math.max(
    1,
    ...tens.map((each) => (cuts(each, passMark) ? Math.max(each.failed, each.passed) : each.failed + each.passed)),
  );
  const base = TOP + HEIGHT;
  const tall = (n: number): number => Math.round((HEIGHT * n * 10) / most) / 10;
  const end = passMark > 60;
  return (
    <svg className="score-bars" height={base + AXIS} aria-hidden="true">
      {tens.map((each) => {
        const { least, most: upTo, failed, passed, failedCalls, passedCalls } = each;
        const isCut = cuts(each, passMark);
        const middle = isCut ? passMark : least;
        return (
          <g key={least}>
            {failed > 0 && (
              <a href={href({ ...scored, ...failedCalls })} tabIndex={-1}>
                <title>{`${least} to ${upTo === 100 ? '' : 'under '}${upTo}, failed: ${count(failed, locale)}`}</title>
                <rect
                  className="below"
                  x={`${least}%`}
                  width={`${(isCut ? passMark : least + 10) - least}%`}
                  y={base - tall(failed)}
                  height={tall(failed)}
                />
              </a>
            )}
            {passed > 0 && (
              <a href={href({ ...scored, ...passedCalls })} tabIndex={-1}>
                <title>{`${least} to ${upTo === 100 ? '' : 'under '}${upTo}, passed: ${count(passed, locale)}`}</title>
                <rect
                  x={`${middle}%`}
                  width={`${least + 10 - middle}%`}
                  y={base - tall(passed) - (isCut ? 0 : tall(failed))}
                  height={tall(passed)}
                />
              </a>
            )}
          </g>
        );
      })}
      <line className="base" x1="0" x2="100%" y1={base} y2={base} />
      <line className="mark" x1={`${passMark}%`} x2={`${passMark}%`} y1={TOP - 4} y2={base} />
      <text x={`${passMark}%`} dx={end ? 4 : -4} y={TOP - 8} className={end ? 'at-end' : 'at-start'}>
        {`pass mark ${decimal(passMark, locale, 2)}`}
      </text>
      {TICKS.map((tick) => (
        <text
          key={tick}
          x={`${tick}%`}
          y={base + 15}
          className={tick === 0 ? 'tick at-start' : tick === 100 ? 'tick at-end' : 'tick'}
        >
          {tick}
        </text>
      ))}
    </svg>
  );
}

const cuts = ({ least }: Tens, passMark: number): boolean => passMark > least && passMark < least + 10;
