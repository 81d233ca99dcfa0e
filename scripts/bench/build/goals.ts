import { type Goal, median } from '../report.ts';
import { type Found, number, shareOf } from './tables.ts';

/** Sizes that goals are about; what was measured has about so many calls. */
const [TEN_THOUSAND, HUNDRED_THOUSAND] = [10_000, 100_000];
/** Of the older version's time. */
const SHARES = [
  { calls: TEN_THOUSAND, kind: '1 % changed', most: 0.55 },
  { calls: TEN_THOUSAND, kind: 'unchanged', most: 0.55 },
  { calls: TEN_THOUSAND, kind: 'cold', most: 0.6 },
  { calls: HUNDRED_THOUSAND, kind: '1 % changed', most: 0.25 },
  { calls: HUNDRED_THOUSAND, kind: 'unchanged', most: 0.25 },
];
const MEGABYTES = [
  { calls: HUNDRED_THOUSAND, kind: 'cold', most: 700 },
  { calls: HUNDRED_THOUSAND, kind: '1 % changed', most: 500 },
  { calls: HUNDRED_THOUSAND, kind: 'unchanged', most: 300 },
];
/** So many times as long as ours Astro's own incremental build takes. */
const TIMES_ASTRO = 5;

/** @param version the older one */
export function goalsOf(found: readonly Found[], version: string): Goal[] {
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
    ...SHARES.flatMap(({ calls, kind, most }) => sizeOf(found, calls).map((each) => share(each, kind, most, version))),
    ...MEGABYTES.flatMap(({ calls, kind, most }) => sizeOf(found, calls).map((each) => memory(each, kind, most))),
    ...found.flatMap(timesAstro),
  ];
}

const sizeOf = (found: readonly Found[], about: number): Found[] =>
  found.filter(({ calls }) => Math.abs(calls - about) <= about / 10);

function share(each: Found, kind: string, most: number, version: string): Goal {
  const what = `${number(each.calls)} calls, ${kind}: time, of that of ${version}`;
  const measured = shareOf(each, kind, 'seconds');
  return measured === undefined
    ? { what, goal: `≤ ${most}`, measured: 'that version is missing' }
    : { what, goal: `≤ ${most}`, measured: measured.toFixed(2), met: measured <= most };
}

function memory({ calls, builds }: Found, kind: string, most: number): Goal {
  const measured = median((builds.get(kind) ?? []).map(({ megabytes }) => megabytes));
  const what = `${number(calls)} calls, ${kind}: peak memory, MB`;
  return { what, goal: `≤ ${most}`, measured: String(Math.round(measured)), met: measured <= most };
}

function timesAstro({ astro, builds, calls }: Found): Goal[] {
  if (!astro) return [];
  const ours = median((builds.get('1 % changed') ?? []).map(({ seconds }) => seconds));
  const times = median(astro.changed) / ours;
  const what = `Astro’s own incremental build in times of ours, ${number(calls)} calls, 1 % changed`;
  return [{ what, goal: `≥ ${TIMES_ASTRO}`, measured: times.toFixed(1), met: times >= TIMES_ASTRO }];
}
