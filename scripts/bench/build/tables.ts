import { type BenchReport, median } from '../report.ts';
import type { AstroBuilds } from './against-astro.ts';
import type { Measured, Requests } from './measure.ts';

/** The kind of build before which only calls of the last three days have changed. */
export const LAST_DAYS_CHANGED = '1 % changed, of the last three days';

/** "cold" and so on → its rounds. */
export type Builds = Map<string, Measured[]>;

/** What was found of one size. */
export interface Found {
  calls: number;
  builds: Builds;
  /** Those of the older version, in the same rounds; absent where it could not be had. */
  before?: Builds | undefined;
  /** Those without search, in the same rounds; absent where they were not measured. */
  without?: Builds | undefined;
  counted: Map<string, Requests>;
  astro?: AstroBuilds | undefined;
}

export type Table = BenchReport['tables'][number];

/** Of one kind of build, in each round by itself, as both met the same machine then: ours in parts of the older version's. */
export function shareOf({ builds, before }: Found, kind: string, unit: 'seconds' | 'cpuSeconds'): number | undefined {
  const theirs = before?.get(kind) ?? [];
  if (theirs.length === 0) return undefined;
  return median((builds.get(kind) ?? []).map((run, i) => run[unit] / (theirs[i]?.[unit] ?? Number.NaN)));
}

/** @param version the older one */
export function timesOf(found: readonly Found[], version: string): Table {
  const rows = found.flatMap((each) =>
    [...each.builds].map(([kind, runs]) => {
      const theirs = each.before?.get(kind) ?? [];
      const share = (unit: 'seconds' | 'cpuSeconds') => shareOf(each, kind, unit)?.toFixed(2) ?? '–';
      return [number(each.calls), kind, ...cells(runs), ...cells(theirs), share('seconds'), share('cpuSeconds')];
    }),
  );
  const units = ['seconds', 'CPU seconds', 'peak MB'];
  const head = ['calls', 'build', ...units, ...units.map((unit) => `${version}: ${unit}`), 'of its time', 'of its CPU'];
  return { head, rows };
}

function cells(runs: readonly Measured[]): string[] {
  if (runs.length === 0) return ['–', '–', '–'];
  return [
    median(runs.map(({ seconds }) => seconds)).toFixed(2),
    median(runs.map(({ cpuSeconds }) => cpuSeconds)).toFixed(2),
    number(Math.round(median(runs.map(({ megabytes }) => megabytes)))),
  ];
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

export const number = (value: number): string => value.toLocaleString('en-GB');
const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
