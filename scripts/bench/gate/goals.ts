import type { Goal } from '../report.ts';
import { FIRST, HEALTH, KNOWN, KNOWN_304, NOBODY } from './kinds.ts';
import type { Measured } from './measure.ts';

/** What a kind of request came to, on so many connections. */
export interface Row {
  kind: string;
  connections: number;
  measured: Measured;
  /** CPU per request, in times of the bare server's for its page on as many connections. */
  times: number;
}

/** In times of what the bare server takes for its page, 20 connections. */
const CPU_GOALS: [kind: string, most: number][] = [
  [KNOWN, 6],
  [FIRST, 25],
  [NOBODY, 2],
];
/** p99 at 200 connections, in times of that at 20. */
const P99_GOAL = 12;

/** @param rows at 20 and at 200 connections */
export function goalsOf(rows: readonly Row[]): Goal[] {
  const of = (kind: string, connections: number): Row => {
    const found = rows.find((row) => row.kind === kind && row.connections === connections);
    if (!found) throw new Error(`missing row: ${kind}, ${connections} connections`);
    return found;
  };
  const [refused, health] = [of(NOBODY, 20).measured.cpu, of(HEALTH, 20).measured.cpu];
  const [pages, unchanged] = [of(KNOWN, 200).measured.p99, of(KNOWN_304, 200).measured.p99];
  return [
    ...CPU_GOALS.map(([kind, most]): Goal => {
      const { times } = of(kind, 20);
      const measured = `${times.toFixed(1)} times`;
      return { what: `CPU, ${kind}, of the bare server’s page`, goal: `≤ ${most} times`, measured, met: times <= most };
    }),
    {
      what: 'CPU of a refusal, of that of `/healthz`',
      goal: '≤ 1.1 times',
      measured: `${(refused / health).toFixed(2)} times`,
      met: refused <= 1.1 * health,
    },
    ...[KNOWN, KNOWN_304].map((kind): Goal => {
      const ratio = of(kind, 200).measured.p99 / of(kind, 20).measured.p99;
      const measured = `${ratio.toFixed(1)} times`;
      return {
        what: `p99 at 200 connections, ${kind}, of that at 20`,
        goal: `≤ ${P99_GOAL} times`,
        measured,
        met: ratio <= P99_GOAL,
      };
    }),
    {
      what: 'p99 of 304s at 200 connections, beside that of pages',
      goal: `below ${pages.toFixed(1)} ms`,
      measured: `${unchanged.toFixed(1)} ms`,
      met: unchanged < pages,
    },
  ];
}
