import { type BenchReport, type Goal, median } from '../report.ts';
import type { AstroBuilds } from './against-astro.ts';
import type { Measured, Requests } from './measure.ts';

/** What was found of one size. */
export interface Found {
  calls: number;
  /** "cold" and so on → its rounds. */
  builds: Map<string, Measured[]>;
  counted: Map<string, Requests>;
  astro?: AstroBuilds;
}

type Table = BenchReport['tables'][number];

export function timesOf(found: readonly Found[]): Table {
  const rows = found.flatMap(({ calls, builds }) =>
    [...builds].map(([kind, runs]) => [
      number(calls),
      kind,
      median(runs.map(({ seconds }) => seconds)).toFixed(2),
      number(Math.round(median(runs.map(({ megabytes }) => megabytes)))),
    ]),
  );
  return { head: ['calls', 'build', 'seconds', 'peak MB'], rows };
}

/** Seconds of each step and their share of the whole process, of medians. */
export function stepsOf(found: readonly Found[]): Table {
  const runs = found.flatMap(({ builds }) => [...builds.values()].flat());
  const names = [...new Set(runs.flatMap(({ steps }) => [...steps.keys()]))];
  const rows = found.flatMap(({ calls, builds }) =>
    [...builds].map(([kind, measured]) => {
      const whole = median(measured.map(({ seconds }) => seconds));
      const steps = names.map((name) => median(measured.map(({ steps }) => steps.get(name) ?? 0)));
      const rest = median(measured.map(({ seconds, steps }) => seconds - sum([...steps.values()])));
      const cells = [...steps, rest].map((seconds) =>
        seconds === 0 ? '–' : `${seconds.toFixed(2)} s, ${Math.round((100 * seconds) / whole)} %`,
      );
      return [number(calls), kind, ...cells];
    }),
  );
  return { head: ['calls', 'build', ...names, 'the rest'], rows };
}

export function requestsOf(found: readonly Found[]): Table {
  const rows = found.flatMap(({ calls, counted }) =>
    [...counted].map(([kind, asked]) => [
      number(calls),
      kind,
      ...[
        asked.resultsRead,
        asked.configRead,
        asked.reportsRead,
        asked.listings,
        asked.written.length,
        asked.removed,
      ].map(number),
    ]),
  );
  const head = [
    'calls',
    'build',
    'read of results',
    'of configuration',
    'of reports',
    'listings',
    'writes',
    'removals',
  ];
  return { head, rows };
}

export function astroOf(found: readonly Found[]): Table[] {
  const rows = found.flatMap(({ astro }) =>
    astro
      ? [
          [number(astro.pages), 'first', astro.first.toFixed(2)],
          [number(astro.pages), '1 % changed', median(astro.changed).toFixed(2)],
        ]
      : [],
  );
  return rows.length > 0 ? [{ head: ['call pages', 'Astro’s own incremental build', 'seconds'], rows }] : [];
}

/** How many times as long as ours, whole, Astro's takes for its part where 1 % has changed. */
const timesOurs = ({ astro, builds }: Found): number | undefined =>
  astro && median(astro.changed) / median((builds.get('1 % changed') ?? []).map(({ seconds }) => seconds));

export function goalsOf(found: readonly Found[]): Goal[] {
  const idle = found.flatMap(({ counted }) => counted.get('unchanged') ?? []);
  const read = Math.max(...idle.map(({ resultsRead }) => resultsRead));
  const written = [...new Set(idle.flatMap((asked) => asked.written))];
  const most = Math.max(...idle.map((asked) => asked.written.length));
  return [
    {
      what: 'objects of results and input that an unchanged build reads',
      goal: '0',
      measured: String(read),
      met: read === 0,
    },
    {
      what: 'objects that an unchanged build writes',
      goal: '1, status.json',
      measured: `${most}, ${written.join(', ')}`,
      met: most === 1 && written.join() === 'status.json',
    },
    ...found.flatMap((each) => [
      ...limit(each, '1 % changed', 10_000, 'seconds', 2.5),
      ...limit(each, 'unchanged', 10_000, 'seconds', 1),
      ...limit(each, 'cold', 100_000, 'megabytes', 1500),
    ]),
    ...found.flatMap((each): Goal[] => {
      const times = timesOurs(each);
      const what = `Astro’s own incremental build in times of ours, ${number(each.calls)} calls, 1 % changed`;
      return times === undefined ? [] : [{ what, goal: '≥ 10', measured: times.toFixed(1), met: times >= 10 }];
    }),
  ];
}

/** A goal of one size alone; `calls` is about how many there are. */
function limit(
  { calls, builds }: Found,
  kind: string,
  about: number,
  unit: 'seconds' | 'megabytes',
  most: number,
): Goal[] {
  if (Math.abs(calls - about) > about / 10) return [];
  const measured = median((builds.get(kind) ?? []).map((run) => run[unit]));
  const what = `${number(calls)} calls, ${kind}: ${unit}`;
  return [{ what, goal: `≤ ${most}`, measured: String(Math.round(measured * 100) / 100), met: measured <= most }];
}

export const number = (value: number): string => value.toLocaleString('en-GB');
const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
