// `npm run bench search`: the index of transcripts, what it costs and what a search loads, beside other engines. CCI_CALLS: of so many calls.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallPage } from '#shared/view.ts';
import { compressNow } from '../../generator/lib/bytes.ts';
import { openRenderer } from '../../generator/render/renderer.ts';
import { callViews } from './render/views.ts';
import { type Bench, type Goal, machine } from './report.ts';
import { type Other, others } from './search/others.ts';
import { cpuNow, type OwnIndex, ownIndex } from './search/own-index.ts';
import { type Asked, ask } from './search/queries.ts';

const CALLS = Number(process.env.CCI_CALLS ?? 2000);
const BATCH = 50;
const GOALS = { bytesACall: 300, share: 0.45, firstList: 8 * 1024, requests: 3, withSnippets: 60 * 1024 };
/** At 2,000 calls. */
const TRIED = {
  firstList:
    'Of the 10.1 KB for `refund ` the block that has the word is 4.9 KB, and three files of 64 calls are 4.8 KB. With 16 calls a file it is 9.5 KB in 9 requests, with 32 10.1 KB in 7, with 128 11.0 KB in 4, with 256 10.6 KB in 3; but with 256 also `the ` takes 10.6 KB instead of 6.9 KB. Of the 25 bytes of a call 17 are its id, which is random. Without agents and times it is 8.5 KB in 5 requests, but then the list has nothing to show before pages have been read.',
  requests:
    'Root, blocks and files of calls are asked for one after the other, several blocks or files of calls at once: two words lie in two blocks, and ten calls of a rarer word in several files. With 128 calls a file it is one request less, for 0.9 KB more of `refund ` and 1.3 KB more of `the `.',
  withSnippets: 'The ten pages alone are 52 to 59 KB. They are the only place where what was said is kept.',
};
/** From a rare word to one in nearly every call, a start of a word, two words, a slip of the finger, and what nobody says. */
const QUERIES = ['refund ', 'ref', 're', 'smart meter ', 'the ', 'refudn ', 'xqzzyq '];

export const bench: Bench = async () => {
  const home = mkdtempSync(join(tmpdir(), 'cci-bench-search-'));
  try {
    const views = (await callViews(CALLS)).filter(({ day }) => day !== null);
    const { pages, cpu } = await rendered(views);
    const index = ownIndex(views);
    const asked = await Promise.all(QUERIES.map((query) => ask(query, index)));
    const beside = await others(home, views);
    const withSnippets = asked.map(
      ({ bytes, hits }) => bytes + hits.reduce((sum, path) => sum + (pages.get(path) ?? 0), 0),
    );
    return {
      title: 'Search over transcripts',
      command: `${CALLS === 2000 ? '' : `CCI_CALLS=${CALLS} `}npm run bench search`,
      machine: machine(),
      method: `${count(views.length)} calls of the demo’s first tenant, in one segment. Bytes as they are sent, as the store holds them, in Brotli; an index holds all words and no other terms. CPU time of this process, one thread, in one run; Pagefind works in a process of its own, which is not counted. A search is that of somebody who has searched for nothing before: requests and bytes until the list of the first ten calls stands, and with the pages from which what was said is read. Others are installed into a scratch folder.`,
      tables: [enginesTable(views, index, beside, cpu), queriesTable(asked, withSnippets)],
      goals: goalsOf(views, index, cpu, asked, withSnippets),
    };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
};

const count = (n: number): string => n.toLocaleString('en');
const kilobytes = (n: number): string => `${(n / 1024).toFixed(1)} KB`;

/** Every call's page: its bytes as sent, and the CPU time of making all. */
async function rendered(views: readonly CallPage[]): Promise<{ pages: Map<string, number>; cpu: number }> {
  const { renderAll } = await openRenderer();
  const pages = new Map<string, number>();
  let cpu = 0;
  for (let from = 0; from < views.length; from += BATCH) {
    const batch = views.slice(from, from + BATCH);
    const began = cpuNow();
    const made = await renderAll(batch);
    const sizes = made.map((page) => compressNow(page).length);
    cpu += cpuNow() - began;
    for (const [i, { path }] of batch.entries()) pages.set(path, sizes[i] ?? 0);
  }
  return { pages, cpu };
}

function enginesTable(
  views: readonly CallPage[],
  { sent, cpu }: OwnIndex,
  beside: readonly (Other | string)[],
  rendering: number,
) {
  const bytes = [...sent.values()].reduce((sum, { length }) => sum + length, 0);
  const first = sent.get('/search/root.json')?.length ?? 0;
  const row = (name: string, files: number, all: number, ms: number | undefined, load: number, brings: string) => [
    ...[name, count(files), String(Math.round(all / views.length))],
    ...[ms === undefined ? '' : (ms / views.length).toFixed(2), kilobytes(load), brings],
  ];
  return {
    head: ['engine', 'files', 'bytes a call', 'CPU a call, ms', 'loaded before the first search', 'brings'],
    rows: [
      row('this', sent.size, bytes, cpu.all, first, ''),
      ...beside.map((other) =>
        typeof other === 'string'
          ? [other, '', '', '', '', '']
          : row(
              ...([other.name, other.files, other.bytes, other.cpu, other.firstLoad] as const),
              `${other.brings.packages} packages, ${(other.brings.bytes / 2 ** 20).toFixed(1)} MB`,
            ),
      ),
      ['rendering the pages of these calls', count(views.length), '', (rendering / views.length).toFixed(2), '', ''],
    ],
  };
}

const queriesTable = (asked: readonly Asked[], withSnippets: readonly number[]) => ({
  head: ['query', 'calls found at once', 'requests', 'first list', 'with what was said'],
  rows: asked.map(({ query, calls, requests, bytes }, i) => [
    `\`${query}\``,
    count(calls),
    String(requests),
    kilobytes(bytes),
    kilobytes(withSnippets[i] ?? 0),
  ]),
});

function goalsOf(
  views: readonly CallPage[],
  { sent, cpu }: OwnIndex,
  rendering: number,
  asked: readonly Asked[],
  withSnippets: readonly number[],
) {
  const bytes = [...sent.values()].reduce((sum, { length }) => sum + length, 0) / views.length;
  const share = cpu.all / rendering;
  const whole = asked.filter(({ query }) => query.endsWith(' '));
  const [list, requests, most] = [
    Math.max(...whole.map((each) => each.bytes)),
    Math.max(...whole.map((each) => each.requests)),
    Math.max(...withSnippets),
  ];
  const goal = (what: string, value: number, limit: number, text: (n: number) => string, tried?: string): Goal => ({
    ...{ what, goal: `≤ ${text(limit)}`, measured: text(value), met: value <= limit },
    ...(tried !== undefined && { tried }),
  });
  return [
    goal('bytes of the index a call', bytes, GOALS.bytesACall, (n) => String(Math.round(n))),
    goal('CPU of indexing, of rendering’s', share, GOALS.share, (n) => n.toFixed(2)),
    goal('first list of whole words, at most', list, GOALS.firstList, kilobytes, TRIED.firstList),
    goal('requests for it, at most', requests, GOALS.requests, String, TRIED.requests),
    goal('first list with what was said, at most', most, GOALS.withSnippets, kilobytes, TRIED.withSnippets),
  ];
}
