import { type Goal, median } from '../report.ts';
import { type Found, number, shareOf } from './tables.ts';

/** Sizes that goals are about; what was measured has about so many calls. */
const [TEN_THOUSAND, HUNDRED_THOUSAND] = [10_000, 100_000];
const CHANGED =
  'The time is spread: garbage 13 %, React 15 %, columns of calls 7 %, files of days 5 %. The largest single piece is the list of 2,000 calls, 0.66 s of processor time; fewer rows would take away what readers use.';
const UNCHANGED =
  'A bare script that names the files of the store and asks for their sizes takes 0.25 s, and a start with a tiny organization 0.29 s: what is left to save is small. Only a change feed does without the listing.';
const CHANGED_EVERYWHERE =
  'The changed calls lie on nine of ten days, so nearly every day and month is read, unpacked, counted, packed and written again: that grows with the calls of those days, not with those that have changed. A change of the last day alone costs about two fifths of that: `bench scale`.';
const LISTED =
  'Two fifths of the time is asking a folder for 325,000 names and sizes, an eighth the second listing, of what is published. With a change feed an unchanged build takes 0.6 s and 113 MB whatever the size: `bench scale`.';
const COLD =
  'No gain from batches of 4, 10 or 20 pages, nor from Brotli’s window, block, mode or context; its quality 2 saves a tenth of compression for 2 % more bytes. Of a page’s time, compression is 14 %, finding quotes 12 %, garbage 11 %.';
/** Of the older version's time. */
const SHARES = [
  { calls: TEN_THOUSAND, kind: '1 % changed', most: 0.55, tried: CHANGED },
  { calls: TEN_THOUSAND, kind: 'unchanged', most: 0.55, tried: UNCHANGED },
  { calls: TEN_THOUSAND, kind: 'cold', most: 0.6, tried: COLD },
  { calls: HUNDRED_THOUSAND, kind: '1 % changed', most: 0.25, tried: CHANGED_EVERYWHERE },
  { calls: HUNDRED_THOUSAND, kind: 'unchanged', most: 0.25, tried: LISTED },
];
const MEGABYTES = [
  {
    calls: HUNDRED_THOUSAND,
    kind: 'cold',
    most: 700,
    tried:
      'At 2,966 calls: threads with 1,024 MB for old objects 591 MB instead of 636, but a fifth more time for a page; heaps that grow to 1.7 times what they hold 534 MB.',
  },
  {
    calls: HUNDRED_THOUSAND,
    kind: '1 % changed',
    most: 500,
    tried:
      'At 60,000 calls: heaps that grow by a quarter 456 MB instead of 501, for a third more processor time; optimized for size 301 MB, for 3.4 times as much.',
  },
  { calls: HUNDRED_THOUSAND, kind: 'unchanged', most: 300, tried: LISTED },
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
    ...SHARES.flatMap(({ calls, tried, ...goal }) =>
      sizeOf(found, calls).map((each) => ({ ...share(each, goal.kind, goal.most, version), tried })),
    ),
    ...MEGABYTES.flatMap(({ calls, tried, ...goal }) =>
      sizeOf(found, calls).map((each) => ({ ...memory(each, goal.kind, goal.most), tried })),
    ),
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
